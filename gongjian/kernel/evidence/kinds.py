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
    DATA = "json"
    WAV = "wav"
    MP4 = "mp4"
    FILM_PIECE = "webm"

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
    Kind.DATA: "平台数据",
    Kind.WAV: "WAV 录音",
    Kind.MP4: "MP4 录音录像",
    Kind.FILM_PIECE: "录像分段",
}
MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.DICOM: "application/dicom",
    Kind.PACKAGE: "application/zip",
    Kind.DATA: "application/json",
    Kind.WAV: "audio/wav",
    Kind.MP4: "video/mp4",
    Kind.FILM_PIECE: "video/webm",
}
IMAGES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
RECORDINGS = frozenset({Kind.WAV, Kind.MP4})
"""Sound and film of an interview; nobody hands these in as a paper."""
OF_THE_PLATFORM = frozenset({Kind.PACKAGE, Kind.DATA, Kind.FILM_PIECE})
"""What the platform makes itself, ours or another's: packages, data, and the pieces in which an examination is recorded."""
MATERIALS = frozenset(Kind) - OF_THE_PLATFORM - RECORDINGS
"""What an applicant may hand in."""
