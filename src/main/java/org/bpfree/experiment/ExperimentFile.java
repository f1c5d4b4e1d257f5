package org.bpfree.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bpfree.binding.Nearest;
import org.bpfree.experiment.ShippedFiles.ShippedFile;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;

/** Reads the text of an experiment file, or says in a user's words why it cannot be read. */
public final class ExperimentFile {
    // Far above any experiment; whoever names a checkpoint or a dataset by mistake is told so at once.
    private static final long LARGEST = 1 << 20;

    private ExperimentFile() {}

    /**
     * The text of a file in UTF-8.
     *
     * @throws Failure if there is no such file, or it cannot be an experiment
     */
    public static String read(Path file) {
        if (Files.isDirectory(file)) {
            throw Failure.usage(file + ": is a directory, expected an experiment file.");
        }
        if (!InputFile.isThere(file)) {
            throw Failure.usage(
                    file + ": no such file." + neighbours(file),
                    "'bpfree list configs' shows those that come with bpfree.");
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw Failure.usage(file + ": is " + Files.size(file)
                        + " bytes long, expected an experiment file of at most " + LARGEST + " bytes.");
            }
            return decode(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.USAGE, file, e);
        }
    }

    private static String neighbours(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || file.getFileName() == null || !Files.isDirectory(folder)) {
            return folder == null ? "" : " The folder " + folder + " does not exist either.";
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            List<String> names = new ArrayList<>(siblings.filter(Files::isRegularFile)
                    .map(sibling -> sibling.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .sorted()
                    .toList());
            String meant = file.getFileName().toString();
            if (file.getParent() == null) {
                // A name alone may be that of a shipped file, which needs no ending.
                boolean ending = meant.matches(".*\\.ya?ml");
                ShippedFiles.all().stream()
                        .map(ShippedFile::fileName)
                        .map(name -> ending ? name : name.replaceFirst("\\.ya?ml$", ""))
                        .filter(name -> !names.contains(name))
                        .forEach(names::add);
            }
            return Nearest.question(meant, names);
        } catch (IOException e) {
            // A folder that cannot be listed only costs the suggestion.
            return "";
        }
    }

    private static String decode(Path file, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            long line = text.chars().filter(c -> c == '\n').count() + 1;
            int column = text.length() - text.lastIndexOf('\n');
            String hex = String.format(Locale.ROOT, "0x%02X", bytes[in.position()]);
            throw Failure.usage(
                    file + ":" + line + ":" + column + ": the byte " + hex + " is not UTF-8. Save the file as UTF-8.");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
