"""Questions about Chinese government policy documents, answered with a clause citation behind every fact."""
