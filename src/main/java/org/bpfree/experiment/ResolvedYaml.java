package org.bpfree.experiment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.binding.Origin;
import org.bpfree.binding.SettingsTree;
import org.bpfree.binding.YamlNode;
import org.bpfree.binding.YamlPrinter;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The complete experiment, every default filled in: as YAML that reads back to an equal experiment, as a hash, as differences. */
public final class ResolvedYaml {
    private ResolvedYaml() {}

    /**
     * A setting in which two experiments differ.
     *
     * @param path such as {@code learner.beta}
     * @param before its YAML text in the first, {@code (absent)} when it has no such setting
     * @param after its YAML text in the second
     */
    public record Difference(String path, String before, String after) {
        @Override
        public String toString() {
            return path + ": " + before + " -> " + after;
        }
    }

    /** The experiment as YAML. */
    public static String print(Experiment experiment) {
        return YamlPrinter.print(block(experiment), path -> "");
    }

    /** The experiment as plain maps, lists, numbers, booleans and strings, for other formats. */
    public static Object asData(Experiment experiment) {
        return new Load(LoadSettings.builder().build()).loadFromString(print(experiment));
    }

    /** The experiment as YAML; a comment behind each setting says whether it is a default or where it was written. */
    public static String printWithOrigins(LoadedExperiment loaded) {
        return YamlPrinter.print(block(loaded.experiment()), path -> loaded.origin(path)
                .map(origin -> describe(origin, loaded.fileName()))
                .orElse("default"));
    }

    /** SHA-256 of the resolved experiment, in hexadecimal: equal for equal experiments, however they are written. */
    public static String configurationHash(Experiment experiment) {
        return hash(print(experiment));
    }

    /** SHA-256 of a text, in hexadecimal. */
    public static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The settings in which two experiments differ, in the order of the file; empty when they are equal. */
    public static List<Difference> diff(Experiment before, Experiment after) {
        Map<String, String> old = SettingsTree.leaves(block(before));
        Map<String, String> now = SettingsTree.leaves(block(after));
        Set<String> paths = new LinkedHashSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String path : paths) {
            String a = old.getOrDefault(path, "(absent)");
            String b = now.getOrDefault(path, "(absent)");
            if (!a.equals(b)) {
                differences.add(new Difference(path, a, b));
            }
        }
        return differences;
    }

    /** Differences for a message, one a line with two blanks before all but the first. */
    public static String lines(List<Difference> differences) {
        return String.join(
                "\n  ", differences.stream().map(Difference::toString).toList());
    }

    private static YamlNode.Mapping block(Experiment experiment) {
        return (YamlNode.Mapping) SettingsTree.of(experiment);
    }

    private static String describe(Origin origin, String fileName) {
        if (origin instanceof Origin.InFile at) {
            // The folder says nothing new on each line.
            return fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1) + ":"
                    + at.line();
        }
        return origin instanceof Origin.InOverride ? "--set" : "default";
    }
}
