package dev.portcullis.live;

/** One condition that a status should show. */
record Condition(String type, boolean status, String reason, String message) {
    /** As statuses write it. */
    String statusText() {
        return status ? "True" : "False";
    }

    /** Where two gates see one version of a resource differently, what weighs more stands: what is not as it could be. */
    static int weight(String reason) {
        return switch (reason) {
            case "NotAccepted", "Expired" -> 3;
            case "Invalid", "LastGoodVersion", "Covers", "WithinAWeek" -> 2;
            default -> 1;
        };
    }
}
