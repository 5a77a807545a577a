"""Reports of a sudden death 突发疾病死亡报告: what an employer tells the bureau before anybody applies for a recognition.

Owns the words: death report 突发疾病死亡报告, first contact 初次诊断, early evidence 早期证据. A report is no application and no case (decision 029).
"""
