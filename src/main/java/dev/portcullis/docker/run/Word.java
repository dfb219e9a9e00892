package dev.portcullis.docker.run;

/**
 * A word of a command, as the shell hands it on.
 *
 * @param text without the quotes and escapes
 * @param start where it begins in the text, in UTF-16 units
 * @param end where it ends
 * @param glob where it holds the first unquoted sign that stands for names of files, -1 where there is none
 */
record Word(String text, int start, int end, int glob) {}
