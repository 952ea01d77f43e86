"""The SCORM tool of the hosted Canvas. It was not measured."""

from sclt.validation.lms.profile import SCORM, Profile

PROFILE = Profile(
    "Canvas",
    "SCORM packages, uploaded by the SCORM tool in the course navigation",
    "https://community.canvaslms.com/t5/The-Product-Blog/SCORM-to-Require-Signed-Launch-Links/bc-p/470023",
    {},
    takes=SCORM,
    rank=5,
)
