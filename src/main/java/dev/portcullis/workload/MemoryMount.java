package dev.portcullis.workload;

import java.util.List;

/**
 * A file system in memory.
 *
 * @param path where it is declared
 * @param weakening options that loosen what is mounted by default ({@code exec}, {@code suid}, {@code dev}), each where it
 *     stands
 * @param size the most it may hold, in the platform's own notation
 */
public record MemoryMount(FieldPath path, List<Setting.Declared<String>> weakening, Setting<String> size) {}
