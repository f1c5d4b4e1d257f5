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
import org.bpfree.data.catalogue.DatasetCatalogue;
import org.bpfree.data.catalogue.DatasetManifest;
import org.bpfree.data.catalogue.DatasetManifest.Format;
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
            DatasetCatalogue.names().stream()
                    .map(DatasetCatalogue::manifest)
                    .forEach(manifest -> datasets.add(describe(manifest, folder)));
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
        for (String name : DatasetCatalogue.names()) {
            DatasetManifest manifest = DatasetCatalogue.manifest(name);
            out.printf(
                    Locale.ROOT,
                    "%-14s %-9s %7d %7d %7d  %-8s %s%n",
                    name,
                    manifest.shape(),
                    manifest.classes(),
                    manifest.trainImages(),
                    manifest.testImages(),
                    presence(manifest, folder),
                    manifest.licence());
        }
        out.println("Data folder: " + folder);
        return 0;
    }

    private static ObjectNode describe(DatasetManifest manifest, Path folder) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", manifest.name());
        node.put("title", manifest.title());
        node.putArray("shape")
                .add(manifest.shape().height())
                .add(manifest.shape().width())
                .add(manifest.shape().channels());
        node.put("classes", manifest.classes());
        manifest.classNames().forEach(node.putArray("classNames")::add);
        node.put("trainImages", manifest.trainImages());
        node.put("testImages", manifest.testImages());
        node.put("here", presence(manifest, folder));
        node.put("folder", folder.resolve(manifest.name()).toString());
        node.put("licence", manifest.licence());
        node.put("citation", manifest.citation());
        node.put("homePage", manifest.homePage());
        return node;
    }

    private static String presence(DatasetManifest manifest, Path folder) {
        if (manifest.format() == Format.GENERATED) {
            return "built-in";
        }
        int missing = manifest.missing(folder).size();
        if (missing == 0) {
            return "yes";
        }
        return missing == manifest.files().size() && !Files.exists(folder.resolve(manifest.name())) ? "no" : "partly";
    }
}
