package org.bpfree.cli.data;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Notes;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.catalogue.DatasetFile;
import org.bpfree.data.catalogue.DatasetManifest;
import org.bpfree.data.catalogue.PublishedDataset;
import org.bpfree.data.download.DownloadSettings;
import org.bpfree.data.download.Downloader;
import org.bpfree.failure.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree data get}: fetches a dataset, or says how to do it by hand. */
@Command(
        name = "get",
        description = {
            "Fetches the official files of a dataset into the data folder.",
            "A download that broke off goes on where it stopped."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree data get fashion-mnist",
            "  bpfree data get cifar-10 --mirror https://mirror.example.org/cifar/",
            "  bpfree data get svhn --offline"
        })
final class DataGetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            completionCandidates = DatasetNames.class,
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private String name;

    @Mixin
    private DataFolderOption dataFolder;

    @Option(
            names = "--mirror",
            paramLabel = "URL-PREFIX",
            description = "Fetch PREFIX/FILE instead of from the usual addresses; may be given several times. The"
                    + " checksums stay those of the official files.")
    private List<String> mirrors = List.of();

    @Option(names = "--replace", description = "Replace files that are there but are not the official ones.")
    private boolean replace;

    @Option(names = "--offline", description = "Touch no network; print what to fetch by hand and where to put it.")
    private boolean offline;

    @Override
    public Integer call() {
        DatasetSource source = DatasetNames.source(name);
        PrintWriter out = spec.commandLine().getOut();
        Path folder = dataFolder.resolve();
        if (!(source instanceof PublishedDataset published)) {
            return nothingToFetch(source, folder, out);
        }
        DatasetManifest manifest = published.manifest();
        if (!manifest.byHand().isEmpty() && mirrors.isEmpty()) {
            return printByHand(manifest, folder, out);
        }
        if (offline) {
            return printOffline(manifest, folder, out);
        }
        try (TransferProgress progress = TransferProgress.of(spec)) {
            new Downloader(DownloadSettings.standard(mirrors, replace), progress).get(manifest, folder);
        }
        out.println(folder.resolve(name));
        Notes.of(spec)
                .say("Licence: " + manifest.description().licence() + ". Cite: "
                        + manifest.description().citation());
        return 0;
    }

    /** Tells how files that lie in something else are come by. */
    private static int printByHand(DatasetManifest manifest, Path folder, PrintWriter out) {
        List<Path> missing = manifest.missing(folder);
        if (missing.isEmpty()) {
            out.println("All files of '" + manifest.name() + "' are in " + folder.resolve(manifest.name()) + ".");
            return 0;
        }
        out.println("Missing:");
        missing.forEach(path -> out.println("  " + path));
        out.println(manifest.byHand());
        return Failure.Kind.DATA.exitCode();
    }

    /** Tells that no address is known, and which files are lacking if any are. */
    static int nothingToFetch(DatasetSource source, Path folder, PrintWriter out) {
        if (source.files(folder).isEmpty()) {
            out.println("'" + source.name() + "' is generated; there is nothing to fetch.");
            return 0;
        }
        List<Path> missing = source.missing(folder);
        out.println("'" + source.name() + "' has nothing to download: no address of its files is known."
                + (missing.isEmpty() ? " All of them are here." : " Put into place by hand:"));
        missing.forEach(path -> out.println("  " + path));
        return missing.isEmpty() ? 0 : Failure.Kind.DATA.exitCode();
    }

    /** Exit 0 when there is nothing to do, 3 while files are missing, so that a script can tell. */
    private int printOffline(DatasetManifest manifest, Path folder, PrintWriter out) {
        List<Path> missing = manifest.missing(folder);
        if (missing.isEmpty()) {
            out.println("All files of '" + name + "' are in " + folder.resolve(name) + ". Check them with"
                    + " 'bpfree data verify " + name + "'.");
            return 0;
        }
        out.println("Missing:");
        missing.forEach(path -> out.println("  " + path));
        out.println("Fetch, on a machine with a network:");
        for (DatasetFile file : manifest.downloads()) {
            out.println("  " + file.name() + "  " + file.bytes() + " bytes");
            file.sha256().ifPresent(sum -> out.println("    SHA-256 " + sum));
            file.md5().ifPresent(sum -> out.println("    MD5     " + sum));
            prefixes(manifest).forEach(prefix -> out.println("    " + prefix + file.name()));
        }
        Path target = folder.resolve(name);
        out.println(
                manifest.archive().isPresent()
                        ? "Then: mkdir -p " + target + " && tar -xzf "
                                + manifest.archive().get().name() + " -C " + target
                        : "Put the files into " + target);
        return Failure.Kind.DATA.exitCode();
    }

    private List<String> prefixes(DatasetManifest manifest) {
        List<String> prefixes = mirrors.isEmpty() ? manifest.mirrors() : mirrors;
        return prefixes.stream()
                .map(prefix -> prefix.endsWith("/") ? prefix : prefix + "/")
                .toList();
    }
}
