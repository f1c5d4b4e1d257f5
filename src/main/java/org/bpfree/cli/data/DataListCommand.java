package org.bpfree.cli.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.catalogue.DatasetCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree data list}: the datasets and whether they are here, without reading them. */
@Command(
        name = "list",
        description = "Lists the datasets, and whether their files are in the data folder.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  bpfree data list", "  bpfree data list --data-dir /scratch/data --json"})
final class DataListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataFolderOption dataFolder;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Path folder = dataFolder.resolve();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ArrayNode datasets = JsonNodeFactory.instance.arrayNode();
            DatasetCatalogue.all().forEach(source -> datasets.add(describe(source, folder)));
            out.println(datasets.toPrettyString());
            return 0;
        }
        out.printf(
                Locale.ROOT,
                "%-14s %-9s %7s %7s %7s  %-8s %s%n",
                "name",
                "shape",
                "classes",
                "train",
                "test",
                "here",
                "licence");
        for (DatasetSource source : DatasetCatalogue.all()) {
            DatasetDescription images = source.describe();
            out.printf(
                    Locale.ROOT,
                    "%-14s %-9s %7d %7d %7d  %-8s %s%n",
                    source.name(),
                    images.shape(),
                    images.classes(),
                    images.trainImages(),
                    images.testImages(),
                    presence(source, folder),
                    images.licence());
        }
        out.println("Data folder: " + folder);
        return 0;
    }

    private static ObjectNode describe(DatasetSource source, Path folder) {
        DatasetDescription images = source.describe();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", source.name());
        node.put("title", images.title());
        node.putArray("shape")
                .add(images.shape().height())
                .add(images.shape().width())
                .add(images.shape().channels());
        node.put("classes", images.classes());
        images.classNames().forEach(node.putArray("classNames")::add);
        node.put("trainImages", images.trainImages());
        node.put("testImages", images.testImages());
        node.put("here", presence(source, folder));
        node.put("folder", folder.resolve(source.name()).toString());
        node.put("licence", images.licence());
        node.put("citation", images.citation());
        node.put("homePage", images.homePage());
        return node;
    }

    private static String presence(DatasetSource source, Path folder) {
        int files = source.files(folder).size();
        if (files == 0) {
            return "built-in";
        }
        int missing = source.missing(folder).size();
        if (missing == 0) {
            return "yes";
        }
        return missing == files && !Files.exists(folder.resolve(source.name())) ? "no" : "partly";
    }
}
