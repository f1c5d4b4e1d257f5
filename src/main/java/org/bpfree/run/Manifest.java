package org.bpfree.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.files.Json;
import org.bpfree.measure.ProcessorPeak;
import org.bpfree.tensor.Backend;

/**
 * The file {@code manifest.json}: where a run comes from. What another version of bpfree did not write is null.
 *
 * @param facts equal for runs that must give equal bytes
 * @param session when and how the last session ran
 * @param earlierSessions those before it, the first one first, each with the program and threads it ran with
 */
public record Manifest(
        Facts facts,
        SessionFacts session,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SessionFacts> earlierSessions) {
    private static final String FILE = "manifest.json";

    /** Fills in what another version of bpfree did not write. */
    public Manifest {
        facts = facts == null ? Facts.UNKNOWN : facts;
        earlierSessions = earlierSessions == null ? List.of() : List.copyOf(earlierSessions);
    }

    /**
     * What equal runs have in common.
     *
     * @param version of bpfree
     * @param commit that it was built from
     * @param uncommittedChanges whether the sources differed from it
     * @param configurationHash SHA-256 of the resolved experiment
     * @param seed of the experiment
     * @param datasetSha256 SHA-256 of the data files that were read, by name
     * @param threads of the backend
     * @param jvm name and version
     * @param system name and architecture
     * @param processor name
     * @param backend the kernels
     */
    public record Facts(
            String version,
            String commit,
            Boolean uncommittedChanges,
            String configurationHash,
            Long seed,
            Map<String, String> datasetSha256,
            Integer threads,
            String jvm,
            String system,
            String processor,
            String backend) {
        private static final Facts UNKNOWN =
                new Facts(null, null, null, null, null, Map.of(), null, null, null, null, null);

        /** Fills in what another version of bpfree did not write. */
        public Facts {
            datasetSha256 = datasetSha256 == null ? Map.of() : datasetSha256;
        }

        private static Facts of(Experiment experiment, int threads, Map<String, String> checksums) {
            return new Facts(
                    BuildInfo.version(),
                    BuildInfo.commit(),
                    BuildInfo.dirty(),
                    ResolvedYaml.configurationHash(experiment),
                    experiment.seed(),
                    checksums,
                    threads,
                    System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                    System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                    ProcessorPeak.model().orElse("unknown"),
                    Backend.describe() + "; oneDNN " + Backend.oneDnn());
        }

        private List<String> otherFiles(Map<String, String> checksums) {
            List<String> others = new ArrayList<>();
            checksums.forEach((name, checksum) -> {
                String earlier = datasetSha256.getOrDefault(name, checksum);
                // The same images may lie packed or unpacked, and their checksums say nothing of each other.
                String twin = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name + ".gz";
                if (!earlier.equals(checksum)) {
                    others.add("the dataset file " + name + " has changed since the run began (SHA-256 " + earlier
                            + " then, " + checksum + " now)");
                } else if (!datasetSha256.containsKey(name) && datasetSha256.containsKey(twin)) {
                    others.add("the run read " + twin + ", not " + name + "; whether they hold the same is not known");
                }
            });
            return others;
        }

        private Facts withData(Map<String, String> checksums) {
            return new Facts(
                    version,
                    commit,
                    uncommittedChanges,
                    configurationHash,
                    seed,
                    checksums,
                    threads,
                    jvm,
                    system,
                    processor,
                    backend);
        }
    }

    /**
     * One session of training. The last four are told of earlier ones; those of the last are facts.
     *
     * @param commandLine its arguments
     * @param processors of the machine
     * @param started when
     * @param ended when; null while it runs, or if it was killed
     * @param exitCode likewise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SessionFacts(
            List<String> commandLine,
            Integer processors,
            String started,
            String ended,
            Integer exitCode,
            String version,
            String commit,
            Boolean uncommittedChanges,
            Integer threads) {
        private static SessionFacts begun(List<String> arguments) {
            return new SessionFacts(
                    arguments, Runtime.getRuntime().availableProcessors(), now(), null, null, null, null, null, null);
        }

        private SessionFacts ended(int code) {
            return new SessionFacts(
                    commandLine, processors, started, now(), code, version, commit, uncommittedChanges, threads);
        }

        private SessionFacts with(Facts facts) {
            return new SessionFacts(
                    commandLine,
                    processors,
                    started,
                    ended,
                    exitCode,
                    facts.version,
                    facts.commit,
                    facts.uncommittedChanges,
                    facts.threads);
        }

        private static String now() {
            return OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }

    /** Writes the manifest of a run that begins, or goes on, now. */
    static Manifest begin(RunFolder folder, Experiment experiment, Session session, Map<String, String> checksums) {
        List<SessionFacts> earlier = new ArrayList<>();
        // There may be none yet, and of a damaged one the user was told by the comparison with it.
        read(folder).ifPresent(before -> {
            earlier.addAll(before.earlierSessions);
            if (before.session != null) {
                earlier.add(before.session.with(before.facts));
            }
        });
        Manifest manifest = new Manifest(
                Facts.of(experiment, session.threads(), checksums), SessionFacts.begun(session.arguments()), earlier);
        manifest.write(folder);
        return manifest;
    }

    /** Notes the checksums of files read since, and how the session ended. */
    void finish(RunFolder folder, int exitCode, Map<String, String> checksums) {
        new Manifest(facts.withData(checksums), session.ended(exitCode), earlierSessions).write(folder);
    }

    private void write(RunFolder folder) {
        AtomicFile.write(folder.file(FILE), Json.pretty(this) + "\n");
    }

    /** The manifest of a run, or nothing where there is none that can be read. */
    public static Optional<Manifest> read(RunFolder folder) {
        try {
            return require(folder);
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    /**
     * The manifest of a run, or nothing where there is none.
     *
     * @throws Failure if it is damaged or cannot be read
     */
    public static Optional<Manifest> require(RunFolder folder) {
        return folder.json(FILE, Manifest.class);
    }

    /** The number of threads the run had, or nothing when that is not told. */
    OptionalInt threads() {
        return facts.threads == null || facts.threads < 1 ? OptionalInt.empty() : OptionalInt.of(facts.threads);
    }

    /**
     * Compares a run that goes on with what its manifest says of the sessions before.
     *
     * @return warnings, one line each
     * @throws Failure if a dataset file is another one now
     */
    static List<String> compareWithEarlier(RunFolder folder, int threads, Map<String, String> checksums) {
        Optional<Manifest> manifest;
        try {
            manifest = require(folder);
        } catch (Failure e) {
            return List.of(e.getMessage() + "; whether the dataset of the run is unchanged is not known.");
        }
        if (manifest.isEmpty()) {
            return List.of(missing(folder) + "; whether the dataset of the run is unchanged is not known.");
        }
        Facts facts = manifest.get().facts;
        List<String> others = facts.otherFiles(checksums);
        if (!others.isEmpty()) {
            throw Failure.data(String.join("; ", others), "Put the file of that time back, or start a new run.");
        }
        List<String> warnings = new ArrayList<>();
        warnIfChanged(warnings, "threads", facts.threads, threads);
        warnIfChanged(warnings, "commit", facts.commit, BuildInfo.commit());
        return warnings;
    }

    /**
     * What is to be said of data files that are not those of a run.
     *
     * @param checksums SHA-256 of files that were read, by name
     * @return a clause each, such as "the dataset file … has changed since the run began"
     */
    public static List<String> otherFiles(RunFolder folder, Map<String, String> checksums) {
        if (checksums.isEmpty()) {
            return List.of();
        }
        try {
            Optional<Manifest> manifest = require(folder);
            return manifest.isPresent()
                    ? manifest.get().facts.otherFiles(checksums)
                    : List.of(missing(folder) + ", so that is not known");
        } catch (Failure e) {
            return List.of(e.getMessage() + ", so that is not known");
        }
    }

    private static String missing(RunFolder folder) {
        Path file = folder.file(FILE);
        return InputFile.cannotRead(Failure.Kind.FAILED, file, new NoSuchFileException(file.toString()))
                .getMessage();
    }

    private static void warnIfChanged(List<String> warnings, String fact, Object earlier, Object now) {
        if (earlier != null && !earlier.equals(now)) {
            warnings.add("Warning: the run began with " + fact + " " + earlier + " and goes on with " + now
                    + "; it may end in other bits than an undisturbed run.");
        }
    }
}
