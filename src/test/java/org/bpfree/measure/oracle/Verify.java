package org.bpfree.measure.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;

/** {@code bpfree verify} within this process, with the program's classes or with others in their place. */
final class Verify {
    /** The networks of {@code networks.txt} by name. */
    private static final Map<String, String> NETWORKS = networks();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClassLoader loader;
    private final Path folder;

    private static Map<String, String> networks() {
        try (InputStream stream = Verify.class.getResourceAsStream("networks.txt")) {
            return Arrays.stream(new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n\n"))
                    .filter(block -> block.startsWith("# "))
                    .map(block -> block.split("\n", 2))
                    .collect(Collectors.toMap(block -> block[0].substring(2), block -> block[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Verification by the classes of a loader, with files in a folder. */
    Verify(ClassLoader loader, Path folder) {
        this.loader = loader;
        this.folder = folder;
    }

    /**
     * What verification said.
     *
     * @param exitCode of the command
     * @param report its JSON, null when there is none
     * @param messages what it told on standard error
     */
    record Outcome(int exitCode, JsonNode report, String messages) {
        /** What does not hold, a line each. */
        List<String> broken() {
            List<String> broken = new ArrayList<>();
            if (report != null) {
                StreamSupport.stream(report.get("promises").spliterator(), false)
                        .filter(promise -> promise.get("outcome").asText().equals("broken"))
                        .forEach(promise -> broken.add(promise.get("name").asText() + " "
                                + promise.get("layer").asText() + " " + promise.get("measured") + " > "
                                + promise.get("bound")));
            }
            return broken;
        }
    }

    /** Verifies a learner on a network of {@code networks.txt} for three batches of seven images. */
    Outcome run(String network, String learner, String... settings) {
        return runOn(NETWORKS.get(network), learner, settings);
    }

    /** The same on a network of these layers, a line each, for images of 8x8x2 and ten classes. */
    Outcome runOn(String layers, String learner, String... settings) {
        String experiment = """
                name: verified
                seed: 1
                data: {dataset: synthetic, synthetic: {size: 8, channels: 2, train: 21, test: 10}}
                model:
                  layers:
                %s
                learner: %s
                optimizer: {type: sgd, learningRate: 0.3}
                training: {epochs: 1, batchSize: 7}
                """.formatted(layers.indent(4).stripTrailing(), learner);
        try {
            Path file = Files.writeString(folder.resolve("experiment.yaml"), experiment);
            List<String> arguments = new ArrayList<>(
                    List.of("verify", "--config", file.toString(), "--threads", "1", "--batches", "3", "--json"));
            for (String setting : settings) {
                arguments.addAll(List.of("--set", setting));
            }
            return run(arguments.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome run(String... arguments) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader); // where services are looked for
        try {
            Class<?> main = loader.loadClass("org.bpfree.cli.Main");
            Method commandLine = main.getDeclaredMethod("commandLine", String[].class);
            Method run = main.getDeclaredMethod("run", CommandLine.class, String[].class);
            commandLine.setAccessible(true);
            run.setAccessible(true);
            CommandLine bpfree = (CommandLine) commandLine.invoke(null, (Object) arguments);
            bpfree.setOut(new PrintWriter(out));
            bpfree.setErr(new PrintWriter(err));
            int exitCode = (int) run.invoke(null, bpfree, arguments);
            String text = out.toString();
            return new Outcome(exitCode, text.isBlank() ? null : JSON.readTree(text), err.toString());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the command line starts", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
