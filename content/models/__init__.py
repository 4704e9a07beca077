"""What authors put into lessons, and plain pages. Everyone imports them from here."""

from content.models.files import CourseDocument, Picture, Rendition, private_files
from content.models.h5p import H5PLibrary, H5PPackage, H5PVersion, H5PVersionLibrary
from content.models.pages import InfoPage

__all__ = [
    "CourseDocument",
    "H5PLibrary",
    "H5PPackage",
    "H5PVersion",
    "H5PVersionLibrary",
    "InfoPage",
    "Picture",
    "Rendition",
    "private_files",
]
