"""The kinds of files the store takes."""

from enum import StrEnum


class Kind(StrEnum):
    """What a file is, by its content."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    DICOM = "dicom"
    PACKAGE = "zip"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]

    @property
    def is_image(self) -> bool:
        """Whether Pillow opens it: one page, one picture."""
        return self in IMAGES


KIND_LABELS = {
    Kind.PDF: "PDF 文件",
    Kind.JPEG: "JPEG 照片",
    Kind.PNG: "PNG 图片",
    Kind.WEBP: "WebP 图片",
    Kind.DICOM: "DICOM 影像",
    Kind.PACKAGE: "归档包",
}
MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.DICOM: "application/dicom",
    Kind.PACKAGE: "application/zip",
}
IMAGES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
MATERIALS = frozenset(Kind) - {Kind.PACKAGE}
"""What an applicant may hand in; packages are made by the platform itself."""
