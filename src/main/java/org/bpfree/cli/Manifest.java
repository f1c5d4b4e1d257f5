package org.bpfree.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.files.Json;
import org.bpfree.tensor.Backend;

/**
 * The file {@code manifest.json}: {@code facts} are equal for runs that must give equal bytes; {@code session} tells when and how the
 * last session ran, {@code earlierSessions} of those before it, the first one first.
 */
final class Manifest {
    private final Path file;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final Map<String, Object> session = new LinkedHashMap<>();
    private final List<JsonNode> earlier = new ArrayList<>();

    /** A manifest of a run that begins, or goes on, now. */
    Manifest(Path file, Experiment experiment, int threads, Map<String, String> checksums, List<String> arguments) {
        this.file = file;
        keepEarlierSessions();
        facts.put("version", VersionProvider.version());
        facts.put("commit", VersionProvider.commit());
        facts.put("uncommittedChanges", VersionProvider.dirty());
        facts.put("configurationHash", ResolvedYaml.configurationHash(experiment));
        facts.put("seed", experiment.seed());
        facts.put("datasetSha256", checksums);
        facts.put("threads", threads);
        facts.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("processor", ProcessorPeak.model().orElse("unknown"));
        facts.put("backend", Backend.describe() + "; oneDNN " + Backend.oneDnn());
        session.put("commandLine", arguments);
        session.put("processors", Runtime.getRuntime().availableProcessors());
        session.put("started", now());
        write();
    }

    /** Who trained here before: the sessions of the manifest that is there, each with the program and threads it ran with. */
    private void keepEarlierSessions() {
        JsonNode before;
        try {
            before = new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            return; // there was none; comparing with earlier sessions tells of a damaged one
        }
        before.path("earlierSessions").forEach(earlier::add);
        if (before.path("session") instanceof ObjectNode last) {
            for (String fact : List.of("version", "commit", "uncommittedChanges", "threads")) {
                last.set(fact, before.path("facts").path(fact));
            }
            earlier.add(last);
        }
    }

    /** The number of threads a run began with, or nothing when its manifest does not tell. */
    static OptionalInt threads(Path file) {
        try {
            int threads = new ObjectMapper()
                    .readTree(file.toFile())
                    .path("facts")
                    .path("threads")
                    .asInt();
            return threads > 0 ? OptionalInt.of(threads) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty(); // comparing with earlier sessions tells of it
        }
    }

    /**
     * Compares a run that goes on with what its manifest says of the sessions before.
     *
     * @return warnings, one line each
     * @throws Failure if a dataset file is another one now
     */
    static List<String> compareWithEarlier(Path file, int threads, Map<String, String> checksums) {
        JsonNode facts;
        try {
            facts = new ObjectMapper().readTree(file.toFile()).path("facts");
        } catch (IOException e) {
            return List.of(InputFile.cannotRead(Failure.Kind.FAILED, file, e).getMessage()
                    + "; whether the dataset of the run is unchanged is not known.");
        }
        List<String> others = otherFiles(facts, checksums);
        if (!others.isEmpty()) {
            throw Failure.data(String.join("; ", others), "Put the file of that time back, or start a new run.");
        }
        List<String> warnings = new ArrayList<>();
        warnIfChanged(warnings, "threads", facts.path("threads").asInt(threads), threads);
        warnIfChanged(
                warnings, "commit", facts.path("commit").asText(VersionProvider.commit()), VersionProvider.commit());
        return warnings;
    }

    /**
     * What is to be said of data files that are not those of a run.
     *
     * @param file the manifest of the run; without one nothing is known and nothing said
     * @param checksums SHA-256 of files that were read, by name
     * @return a clause each, such as "the dataset file … has changed since the run began"
     */
    static List<String> otherFiles(Path file, Map<String, String> checksums) {
        try {
            return otherFiles(new ObjectMapper().readTree(file.toFile()).path("facts"), checksums);
        } catch (IOException e) {
            return checksums.isEmpty()
                    ? List.of()
                    : List.of(
                            InputFile.cannotRead(Failure.Kind.FAILED, file, e).getMessage() + ", so that is not known");
        }
    }

    private static List<String> otherFiles(JsonNode facts, Map<String, String> checksums) {
        JsonNode known = facts.path("datasetSha256");
        List<String> others = new ArrayList<>();
        checksums.forEach((name, checksum) -> {
            String earlier = known.path(name).asText(checksum);
            // The same images may lie packed or unpacked, and their checksums say nothing of each other.
            String twin = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name + ".gz";
            if (!earlier.equals(checksum)) {
                others.add("the dataset file " + name + " has changed since the run began (SHA-256 " + earlier
                        + " then, " + checksum + " now)");
            } else if (!known.has(name) && known.has(twin)) {
                others.add("the run read " + twin + ", not " + name + "; whether they hold the same is not known");
            }
        });
        return others;
    }

    private static void warnIfChanged(List<String> warnings, String fact, Object earlier, Object now) {
        if (!earlier.equals(now)) {
            warnings.add("Warning: the run began with " + fact + " " + earlier + " and goes on with " + now
                    + "; it may end in other bits than an undisturbed run.");
        }
    }

    /** Notes the checksums of files read since, and how the session ended. */
    void finish(int exitCode, Map<String, String> checksums) {
        facts.put("datasetSha256", checksums);
        session.put("ended", now());
        session.put("exitCode", exitCode);
        write();
    }

    private static String now() {
        return OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void write() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("facts", facts);
        content.put("session", session);
        if (!earlier.isEmpty()) {
            content.put("earlierSessions", earlier);
        }
        AtomicFile.write(file, Json.pretty(content) + "\n");
    }
}
