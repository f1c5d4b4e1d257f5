package org.bpfree.cli.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.catalogue.DataVerifier;
import org.bpfree.data.catalogue.DatasetCatalogue;
import org.bpfree.data.catalogue.DatasetManifest;
import org.bpfree.data.catalogue.DatasetReport;
import org.bpfree.data.catalogue.FileReport;
import org.bpfree.data.catalogue.FileReport.Status;
import org.bpfree.data.catalogue.PublishedDataset;
import org.bpfree.failure.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree data verify}: reads datasets from end to end. */
@Command(
        name = "verify",
        description = {
            "Reads datasets from end to end and compares them with the official files.",
            "Exit 0: every file is sound, with a warning where it is not the official one. Exit 3: missing or damaged."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  bpfree data verify", "  bpfree data verify cifar-10 --json"})
final class DataVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = DatasetNames.class,
            description = "One of: ${COMPLETION-CANDIDATES}. Default: all that are in the data folder.")
    private String name;

    @Mixin
    private DataFolderOption dataFolder;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Path folder = dataFolder.resolve();
        List<DatasetReport> reports = chosen(folder)
                .map(manifest -> DataVerifier.verify(manifest, folder))
                .filter(report -> name != null || !report.absent())
                .toList();
        if (reports.isEmpty()) {
            throw Failure.data(
                    "There is no dataset in " + folder,
                    "'bpfree data get NAME' fetches one; --data-dir or BPFREE_DATA names another folder.");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            reports.forEach(report -> array.add(describe(report)));
            out.println(array.toPrettyString());
        } else {
            reports.forEach(report -> print(report, out));
        }
        reports.forEach(this::warn);
        boolean usable = reports.stream().allMatch(DatasetReport::usable);
        return usable ? 0 : Failure.Kind.DATA.exitCode();
    }

    private Stream<DatasetManifest> chosen(Path folder) {
        if (name == null) {
            return DatasetCatalogue.published().map(PublishedDataset::manifest);
        }
        DatasetSource source = DatasetNames.source(name);
        if (source instanceof PublishedDataset published) {
            return Stream.of(published.manifest());
        }
        throw Failure.usage("'" + name + "' "
                + (source.files(folder).isEmpty()
                        ? "is generated and has no files to verify"
                        : "has no manifest to verify its files against"));
    }

    private static void print(DatasetReport report, PrintWriter out) {
        out.printf(Locale.ROOT, "%s: %s, %d images%n", report.name(), text(report.status()), report.images());
        for (FileReport file : report.files()) {
            String detail = file.detail().isEmpty() ? "" : "  " + file.detail();
            out.printf(Locale.ROOT, "  %-8s %s%s%n", text(file.status()), file.path(), detail);
        }
    }

    private void warn(DatasetReport report) {
        PrintWriter err = spec.commandLine().getErr();
        if (report.status() == Status.SOUND) {
            String subset = report.images() == report.officialImages()
                    ? ""
                    : " It has " + report.images() + " images, the official one " + report.officialImages()
                            + ": call results those of a subset.";
            err.println("Warning: '" + report.name() + "' is sound, but not the official dataset." + subset);
        } else if (report.status() == Status.UNREADABLE) {
            err.println(
                    "'" + report.name() + "' is unreadable: ask the owner of the files for the right to read them.");
        } else if (!report.usable()) {
            err.println("'" + report.name() + "' is " + text(report.status()) + "; 'bpfree data get " + report.name()
                    + " --replace' fetches what is missing and replaces the rest.");
        }
    }

    private static ObjectNode describe(DatasetReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", report.name());
        node.put("status", text(report.status()));
        node.put("images", report.images());
        node.put("officialImages", report.officialImages());
        ArrayNode files = node.putArray("files");
        for (FileReport file : report.files()) {
            files.addObject()
                    .put("path", file.path().toString())
                    .put("status", text(file.status()))
                    .put("detail", file.detail())
                    .put("sha256", file.sha256());
        }
        return node;
    }

    private static String text(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
