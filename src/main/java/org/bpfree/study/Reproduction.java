package org.bpfree.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bpfree.files.Json;
import org.bpfree.run.Manifest;
import org.bpfree.run.RunRecord;
import org.bpfree.run.RunResult;

/**
 * A run made again from an archive, beside the archived one.
 *
 * @param differences figures that differ, times left out: one line each
 * @param conditions in what the two were made under that may be why: one line each
 * @param metrics how many lines of metrics both have
 * @param differingMetrics how many of those differ
 */
public record Reproduction(List<String> differences, List<String> conditions, int metrics, int differingMetrics) {
    /** Figures that measure the machine. */
    private static final Set<String> OF_THE_MACHINE = Set.of("imagesPerSecond", "seconds");

    /** Compares two records of one experiment. */
    public static Reproduction of(RunRecord archived, RunRecord again) {
        List<String> differences = new ArrayList<>();
        Map<String, String> before = archived.result().map(RunResult::figures).orElse(Map.of());
        Map<String, String> now = again.result().map(RunResult::figures).orElse(Map.of());
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(now.keySet());
        names.removeAll(OF_THE_MACHINE);
        for (String name : names) {
            String a = before.getOrDefault(name, "");
            String b = now.getOrDefault(name, "");
            if (!a.equals(b)) {
                differences.add(name + ": " + (a.isEmpty() ? "none" : a) + " archived, " + (b.isEmpty() ? "none" : b)
                        + " now" + distance(a, b));
            }
        }
        if (!archived.status().equals(again.status())) {
            differences.add("status: " + archived.status() + " archived, " + again.status() + " now");
        }
        int common = 0;
        int differing = 0;
        for (JsonNode line : archived.moments()) {
            Optional<JsonNode> same = again.moments().stream()
                    .filter(other -> other.path("step").equals(line.path("step"))
                            && Json.names(other).equals(Json.names(line)))
                    .findFirst();
            common += same.isPresent() ? 1 : 0;
            differing += same.isPresent() && !same.get().equals(line) ? 1 : 0;
        }
        return new Reproduction(differences, conditions(archived, again), common, differing);
    }

    /** Whether every figure and every line of metrics is equal to the last digit. */
    public boolean isExact() {
        return differences.isEmpty() && differingMetrics == 0;
    }

    private static String distance(String a, String b) {
        try {
            return String.format(Locale.ROOT, " (%+.3g)", Double.parseDouble(b) - Double.parseDouble(a));
        } catch (NumberFormatException e) {
            return "";
        }
    }

    private static List<String> conditions(RunRecord archived, RunRecord again) {
        Optional<Manifest.Facts> a = archived.manifest().map(Manifest::facts);
        Optional<Manifest.Facts> b = again.manifest().map(Manifest::facts);
        if (a.isEmpty() || b.isEmpty()) {
            return List.of("how the archived run was made is not known");
        }
        List<String> conditions = new ArrayList<>();
        differ("version", a.get().version(), b.get().version(), conditions);
        differ("commit", a.get().commit(), b.get().commit(), conditions);
        differ("uncommitted changes", a.get().uncommittedChanges(), b.get().uncommittedChanges(), conditions);
        differ("threads", a.get().threads(), b.get().threads(), conditions);
        differ("processor", a.get().processor(), b.get().processor(), conditions);
        differ("Java", a.get().jvm(), b.get().jvm(), conditions);
        differ("system", a.get().system(), b.get().system(), conditions);
        differ("kernels", a.get().backend(), b.get().backend(), conditions);
        if (!a.get().datasetSha256().equals(b.get().datasetSha256())) {
            conditions.add("files of the dataset: other checksums");
        }
        return conditions;
    }

    private static void differ(String what, Object a, Object b, List<String> into) {
        if (!Objects.equals(a, b)) {
            into.add(what + ": " + a + " archived, " + b + " now");
        }
    }
}
