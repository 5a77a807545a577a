"""The words that lie in every package: what it is, and how to check it without this platform."""

from string import Template

README = "README.txt"
WORDS = Template("""归档包说明
==========

案件：$number
立卷单位：$office
立卷日期：$archived_on
保管期限：$years年，至$until（$basis）

本包是一件$matter案卷的完整电子档案。包内文件未经压缩，任何能打开 ZIP 的软件都能取出；
网页、表格一律不用，只有 PDF、图片、DICOM 影像和 JSON 文本（UTF-8）。

一、包里有什么
  index.pdf              卷内目录，盖有立卷单位的电子签名
  index.json             同一目录，供程序读取
  metadata.json          元数据：来源、要素、办理过程、归档时的四性检查、人员对照
  materials/             收到的申请材料，与收到时逐字节相同
  papers/                制发的文书，与制发时逐字节相同，电子签名可用 PDF 阅读器查验
  proofs/ attachments/   送达凭证和其他证据
  opinions/              专家意见（含测量值和计算步骤）和合议记录的原文；signatures.json 是每份的 Ed25519 签名和公钥
  draws/                 抽取凭证，可用 gongjian draw verify 重新抽取一遍
  records/               办理记录：各项登记的全部内容
  ledger/                账链：本案（和有关抽取）的每一条记录及其哈希；anchors.json 是通往日锚的路径
  manifest.json          清单：以上每个文件的长度和 SHA-256
  manifest.json.sha256   清单自身的 SHA-256

二、怎样核验
  1. 用本平台的程序（不需要联网、数据库和设置）：
       gongjian archive verify 归档包.zip --manifest 清单指纹
     或  python -m gongjian.archives.verify 归档包.zip 清单指纹
     退出码 0 表示全部成立，1 表示有不成立之处并逐条列出。
  2. 只用通用工具：取出文件后运行 sha256sum -c manifest.json.sha256，再按清单逐个比对 sha256sum。
  3. 清单指纹记在立卷单位账链的归档条目中，也印在平台的案卷页上。指纹相同，包就是当时归档的那一个。

三、账链怎样计算
  每一条的哈希是 SHA-256，对象是下面这个 JSON 的 UTF-8 字节（键按字母排序，不留空格，中文原样）：
    {"act":…,"at":…,"by":…,"chain":…,"facts":…,"previous":上一条的哈希,"sequence":…}
  时间写成 UTC，精确到微秒，例如 2026-03-02T02:00:00.000000+00:00。第一条的 previous 是空字符串。
  日锚是一天之内每条账链末条哈希（按账链名称排序，前一个日锚的根放在最前）的默克尔树根：
    叶 = SHA-256(0x00 ‖ 哈希)，节点 = SHA-256(0x01 ‖ 左 ‖ 右)，落单的节点原样上移。
  专家签名的对象是文字 gj-signed-1:<意见文件的 SHA-256 十六进制>。

四、注意
  本包含有个人信息和健康信息。调阅须登记用途和事由；期满后是否销毁由人鉴定决定，程序不会自行销毁。
""")


def readme(**facts: object) -> bytes:
    """The words for one package. Raises: KeyError for a fact that is missing."""
    return WORDS.substitute(facts).encode()
