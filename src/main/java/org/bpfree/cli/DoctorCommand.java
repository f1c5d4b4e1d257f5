package org.bpfree.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.catalogue.DatasetCatalogue;
import org.bpfree.data.catalogue.PublishedDataset;
import org.bpfree.failure.Failure;
import org.bpfree.files.Json;
import org.bpfree.measure.MachineSpeed;
import org.bpfree.measure.ProcessorPeak;
import org.bpfree.run.RunFolder;
import org.bpfree.tensor.Backend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree doctor}: whether this machine is ready. */
@Command(
        name = "doctor",
        description =
                "Checks this machine: Java, native backend, speed, folders and data; says what to do. Exits 0 when runs"
                        + " can be made, 1 when something is in their way; datasets that are not here are no fault.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  bpfree doctor", "  bpfree doctor --json", "  bpfree doctor --threads 1 --data-dir /data/images"})
final class DoctorCommand implements Callable<Integer> {
    private static final double CONVOLUTION_SHARE = 0.25;
    private static final double PRODUCT_SHARE = 0.3;
    private static final boolean ON_LINUX_X86 = System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--warm-cache",
            description =
                    "Only unpacks the native libraries, once for all processes that start at the same time later.")
    private boolean warmCache;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DataFolderOption dataFolder;

    @Option(names = "--json", description = "Prints the findings as JSON.")
    private boolean json;

    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final Map<String, Object> datasets = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> advice = new ArrayList<>();

    @Override
    public Integer call() {
        PrintWriter results = spec.commandLine().getOut();
        PrintWriter out = json ? new PrintWriter(Writer.nullWriter()) : results;
        if (warmCache) {
            facts.put("threads", threads.startBackend());
            facts.put("backend", Backend.describe());
            facts.put("oneDnn", Backend.oneDnn().toString());
            if (json) {
                results.println(Json.line(facts));
            }
            line(out, "Backend", Backend.describe() + ", unpacked");
            line(out, "oneDNN", Backend.oneDnn().toString());
            return 0;
        }
        facts.put("java", System.getProperty("java.runtime.version"));
        line(out, "Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        int threadCount = threads.startBackend();
        facts.put("threads", threadCount);
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("backend", Backend.describe());
        line(out, "Threads", threadCount + " of " + Runtime.getRuntime().availableProcessors() + " processors");
        line(out, "Backend", Backend.describe());
        Backend.OneDnnUse oneDnn = Backend.oneDnn();
        facts.put("oneDnn", oneDnn.toString());
        line(out, "oneDNN", oneDnn.toString());
        if (oneDnn == Backend.OneDnnUse.NONE) {
            advice.add("Convolutions run without oneDNN, ten times slower. Build on Linux, Windows or macOS x86-64.");
        } else if (oneDnn == Backend.OneDnnUse.THROUGH_ND4J && ON_LINUX_X86) {
            advice.add(
                    "oneDNN itself could not be loaded, so convolutions take a detour. Delete ~/.javacpp/cache and try again.");
        }
        MachineSpeed speed = MachineSpeed.measure();
        facts.put("productGflops", speed.productGflops());
        facts.put("convolutionGflops", speed.convolutionGflops());
        line(out, "Matrix product", String.format(Locale.ROOT, "%.0f GFLOP/s", speed.productGflops()));
        ProcessorPeak.of(threadCount).ifPresent(peak -> compare(out, speed.productGflops(), peak));
        line(out, "Convolution", String.format(Locale.ROOT, "%.0f GFLOP/s", speed.convolutionGflops()));
        if (speed.convolutionGflops() < CONVOLUTION_SHARE * speed.productGflops()) {
            advice.add(
                    "Convolutions are slow beside products. If other programs use the processors, run with --threads 1.");
        }
        folder(out, "Runs", RunFolder.ROOT);
        Path data = dataFolder.resolve();
        facts.put("dataFolder", data.toString());
        line(out, "Data folder", data.toString());
        DatasetCatalogue.all().forEach(source -> dataset(out, source, data));
        facts.put("datasets", datasets);
        facts.put("faults", faults);
        facts.put("advice", advice);
        faults.forEach(text -> out.println("-> " + text));
        advice.forEach(text -> out.println("-> " + text));
        int found = faults.size() + advice.size();
        out.println(found == 0 ? "All is well." : found + " thing(s) to look at.");
        if (json) {
            results.println(Json.pretty(facts));
        }
        return faults.isEmpty() ? 0 : Failure.Kind.FAILED.exitCode();
    }

    private void compare(PrintWriter out, double gflops, ProcessorPeak peak) {
        line(
                out,
                "",
                String.format(
                        Locale.ROOT,
                        "%.0f %% of the %.0f that %s at %.1f GHz could give at most",
                        100 * gflops / peak.gflops(),
                        peak.gflops(),
                        peak.instructions(),
                        peak.gigahertz()));
        if (gflops < PRODUCT_SHARE * peak.gflops()) {
            advice.add("Products are slow for this processor. See whether other programs use it, whether"
                    + " --threads is more than its cores, and whether it is throttled.");
        }
    }

    private void folder(PrintWriter out, String what, Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        facts.put("runFolder", folder.toAbsolutePath().toString());
        boolean writable = Files.isWritable(existing);
        line(out, what, folder.toAbsolutePath() + (writable ? ", can be written" : ", cannot be written"));
        if (!writable) {
            faults.add("Run folders go to " + folder.toAbsolutePath() + ". Make it writable or use --run-dir.");
        }
    }

    private void dataset(PrintWriter out, DatasetSource source, Path data) {
        int files = source.files(data).size();
        if (files == 0) {
            return;
        }
        int missing = source.missing(data).size();
        boolean none = missing == files;
        String state = missing == 0 ? "here" : none ? "not here" : "incomplete";
        datasets.put(source.name(), state);
        // Nobody needs every dataset; one that was begun is meant to be there.
        boolean fetched = none && source instanceof PublishedDataset;
        line(out, source.name(), fetched ? state + "; bpfree data get " + source.name() + " fetches it" : state);
        if (missing > 0 && !none) {
            faults.add(
                    source.name() + " lacks " + missing + " of " + files + " files: bpfree data get " + source.name());
        }
    }

    private static void line(PrintWriter out, String what, String value) {
        out.printf(Locale.ROOT, "%-16s %s%n", what, value);
    }
}
