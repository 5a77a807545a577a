"""Many cases at once, for measuring: appraisals and recognitions mixed, complete enough for every list, search and page that is measured."""
