/* What stands against sealing, as far as it can be told without the office. Stricter than the office where the office reckons more. */
export function against(content, one, standard) {
  const grades = new Map(standard.clauses.map(([number, grade]) => [number, grade]));
  const said = [];
  content.findings.forEach((each, place) => {
    const title = `第${place + 1}项：`;
    if (!each.injury.trim()) said.push(`${title}请写明受伤部位或者伤情。`);
    if (!each.condition.trim()) said.push(`${title}请写明器官功能情况。`);
    if (!each.clause && !each.says_none) said.push(`${title}请选条款，没有相应条款的请勾选“无相应条款”。`);
    if (one.outside.includes(each.clause) && !each.outside_reason.trim()) said.push(`${title}所选条款不在工伤认定的部位，请写明与本次工伤的关系。`);
  });
  if (!content.selfcare.length && !content.selfcare_none) said.push("生活自理：请勾选需他人帮助的项目，都不需要的请勾选“五项均不需他人帮助”。");
  if (!content.is_decided) said.push("请给出您的伤残等级意见。");
  if (!content.reason.trim()) said.push("请写明评定理由。");
  if (content.is_decided && content.grade === null && content.selfcare.length) said.push("未达到伤残等级，不能同时有生活自理障碍。");
  if (content.is_decided && !content.explanation.trim() && wantsExplanation(content, grades)) {
    said.push("等级与所选条款不一致，或者涉及生活自理、测量结果：请在“对提示的说明”里写明理由。");
  }
  return said;
}

function wantsExplanation(content, grades) {
  const worst = Math.min(...content.findings.map((each) => grades.get(each.clause) ?? 99));
  const isPlain = worst === 99 ? content.grade === null : content.grade === worst;
  return !isPlain || content.selfcare.length > 0 || content.findings.some((each) => each.sheets.length);
}
