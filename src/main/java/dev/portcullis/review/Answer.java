package dev.portcullis.review;

/** A report as it goes to the client. */
@SuppressWarnings("ArrayRecordComponent") // written once, compared by nobody
public record Answer(int status, String contentType, byte[] body) {}
