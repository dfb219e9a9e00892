package broken.portcullis.review;

import broken.portcullis.admission.Answer;

/** One feature in terms of another. */
record KnowsAdmission(Answer answer) {}
