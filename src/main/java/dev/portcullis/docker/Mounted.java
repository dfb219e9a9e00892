package dev.portcullis.docker;

import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Volume;
import java.util.List;

/** All that is mounted into a container. */
record Mounted(List<Volume> volumes, List<Mount> mounts) {
    /** What a create body asks for, as far as it says that itself. */
    static Mounted said(GoValue create, EngineNotation notation) throws MalformedBodyException {
        return said(create, notation, EngineObjects.NONE);
    }

    /**
     * What a create body asks for.
     *
     * @param known what is known of the volumes and containers that it names
     */
    static Mounted said(GoValue create, EngineNotation notation, EngineObjects known) throws MalformedBodyException {
        VolumeReader reader = new VolumeReader(create, notation, known);
        return new Mounted(reader.volumes(), reader.mounts());
    }
}
