"""公鉴 Gongjian: deciding work-injury cases and appraising labour capacity, provably."""
