package dev.portcullis.docker;

import dev.portcullis.workload.Mount;
import dev.portcullis.workload.Volume;
import java.util.List;

/** All that is mounted into a container. */
record Mounted(List<Volume> volumes, List<Mount> mounts) {
    /** What a create body asks for. */
    static Mounted said(GoValue create, EngineNotation notation) throws MalformedBodyException {
        VolumeReader reader = new VolumeReader(create, notation);
        return new Mounted(reader.volumes(), reader.mounts());
    }
}
