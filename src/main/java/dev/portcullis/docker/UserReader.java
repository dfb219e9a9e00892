package dev.portcullis.docker;

import dev.portcullis.workload.ContainerUser;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads {@code User}: {@code user[:group]}, each a name of the image's or a number. */
final class UserReader {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern UID = Pattern.compile("[+-]?0*([0-9]{1,10})");
    private static final long MOST = Integer.MAX_VALUE;

    private static final Notation<ContainerUser> NOTATION = (path, user) ->
            new Edit.Set(path, Objects.requireNonNull(user.uid()).toString());

    private UserReader() {}

    /** @param holdsImage whether the image's user would be written here too, so that none is root */
    static Setting<ContainerUser> read(GoValue user, boolean holdsImage) throws MalformedBodyException {
        String said = user.text();
        if (said.isEmpty()) {
            return new Setting.Absent<>(user.path(), NOTATION, holdsImage ? new ContainerUser(0L, null) : null);
        }
        int colon = said.indexOf(':');
        String name = colon < 0 ? said : said.substring(0, colon);
        return new Setting.Declared<>(user(user, name), user.path(), said, NOTATION);
    }

    /** As the engine resolves it: no name is user 0, and what Go's Atoi takes is a number, a sign and zeros included. */
    private static ContainerUser user(GoValue user, String name) throws MalformedBodyException {
        if (name.isEmpty() || name.equals("root")) {
            return new ContainerUser(0L, name.isEmpty() ? null : name);
        }
        if (!NUMBER.matcher(name).matches()) {
            return new ContainerUser(null, name);
        }
        var digits = UID.matcher(name);
        long uid = digits.matches() ? Long.parseLong(digits.group(1)) : Long.MAX_VALUE;
        if (uid > MOST || (uid > 0 && name.startsWith("-"))) {
            throw new MalformedBodyException(
                    user.path(), "is out of range", "write a user id from 0 to " + MOST + ", or a name");
        }
        return new ContainerUser(uid, null);
    }
}
