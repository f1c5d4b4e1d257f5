package org.bpfree.data.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.binding.SettingsLoader;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.ImageShape;
import org.bpfree.data.catalogue.DatasetFile.Split;
import org.bpfree.data.catalogue.DatasetManifest.Format;
import org.bpfree.failure.Failure;
import org.bpfree.settings.Default;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;

/** Reads one manifest. A mistake in it is a defect of the program or an extension, not of its user. */
final class ManifestReader {
    private ManifestReader() {}

    /** The keys of a manifest. */
    private record Content(
            String name,
            String title,
            Format format,
            List<Integer> shape,
            List<String> classes,
            @Range(min = 1) int trainImages,
            @Range(min = 1) int testImages,
            String licence,
            String citation,
            String homePage,
            @Default("1") @Range(min = 1, max = 8) int labelBytes,
            @Default("0") @Range(min = 0) int label,
            @Default("0") @Range(min = 0, max = 255) int firstLabel,
            @Default("false") boolean transposed,
            List<Entry> files,
            @Default("null") Optional<Entry> archive,
            List<String> mirrors,
            @Default("''") String byHand) {
        Content {
            if (shape.size() != 3) {
                throw new InvalidSetting("shape", shape + " is not [height, width, channels].");
            }
            if (label >= labelBytes) {
                throw new InvalidSetting("label", label + " is not one of the " + labelBytes + " label bytes, from 0.");
            }
            if (mirrors.isEmpty() == byHand.isEmpty()) {
                throw new InvalidSetting("byHand", "expected a text where there are no mirrors, and only there.");
            }
            if (files.stream().anyMatch(file -> file.split() == Split.BOTH)) {
                throw new InvalidSetting("files", "every file but the archive needs a split, train or test.");
            }
        }
    }

    /** A file or archive. */
    private record Entry(
            String path,
            @Default("both") Split split,
            @Range(min = 0) long bytes,
            @Default("null") Optional<String> sha256,
            @Default("null") Optional<String> md5) {
        DatasetFile file() {
            return new DatasetFile(path, split, bytes, sha256, md5);
        }
    }

    /** The manifest {@code /datasets/NAME.yaml} of the JAR or folder that a class is in. */
    static DatasetManifest readBeside(Class<?> type, String name) {
        String resource = "/datasets/" + name + ".yaml";
        try (InputStream in = type.getResourceAsStream(resource)) {
            if (in == null) {
                throw Failure.failed("the class path has no " + resource + ", the manifest of " + type.getName());
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
        } catch (IOException e) {
            throw Failure.causedBy(e, Failure.Kind.FAILED, "cannot read " + resource + " from the class path");
        }
    }

    /**
     * Reads a manifest.
     *
     * @param source how messages call it
     * @throws Failure with all problems
     */
    static DatasetManifest read(String text, String source) {
        Content content = new SettingsLoader(new SettingsTypes(Map.of()))
                .load(Content.class, source, text, "the manifest of a dataset")
                .settings();
        List<Integer> shape = content.shape();
        return new DatasetManifest(
                content.name(),
                new DatasetDescription(
                        content.title(),
                        new ImageShape(shape.get(0), shape.get(1), shape.get(2)),
                        content.classes(),
                        content.trainImages(),
                        content.testImages(),
                        content.licence(),
                        content.citation(),
                        content.homePage()),
                content.format(),
                new DatasetManifest.LabelPlace(
                        content.labelBytes(), content.label(), content.firstLabel(), content.transposed()),
                content.files().stream().map(Entry::file).toList(),
                content.archive().map(Entry::file),
                content.mirrors(),
                content.byHand());
    }
}
