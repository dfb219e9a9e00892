package dev.portcullis.profile.apparmor;

import dev.portcullis.profile.Capabilities;
import dev.portcullis.profile.ProfileName;
import java.util.List;

/**
 * What a container is to be allowed, before it is written in one style or another.
 *
 * @param origin what it was made from, a line each for people
 * @param includes files of AppArmor's to include in the profile, such as {@code abstractions/nameservice}
 * @param readable what it may read; empty for everything
 * @param readOnly what it may not write, whatever else is said
 * @param writable what it may write; null for everything
 * @param logged what is to be logged when it is written
 * @param executable what it may execute; empty for everything that it cannot write
 * @param forbidden what it may not touch at all
 * @param kubernetes whether it is one of a pod
 * @param notes what could not be taken into account, a sentence each
 */
record Description(
        ProfileName name,
        List<String> origin,
        List<String> includes,
        List<PathPattern> readable,
        List<PathPattern> readOnly,
        Writable writable,
        List<PathPattern> logged,
        List<PathPattern> executable,
        List<PathPattern> forbidden,
        Capabilities capabilities,
        Network network,
        boolean kubernetes,
        List<String> notes) {

    /**
     * What a container may write.
     *
     * @param everywhere whether it says that this is anything
     * @param nowhere whether it says that this is nothing but the places
     * @param places what is said of one by one
     */
    record Writable(boolean everywhere, boolean nowhere, List<Place> places) {
        List<PathPattern> patterns() {
            return places.stream().map(Place::pattern).toList();
        }
    }

    /**
     * Something that may be written.
     *
     * @param comment why, empty where the path says enough
     */
    record Place(PathPattern pattern, String comment) {}
}
