package org.bpfree.measure.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import picocli.CommandLine;

/** {@code bpfree verify} within this process, with the program's classes or with others in their place. */
final class Verify {
    /** Small networks on images of 8x8x2 and ten classes, by name: between them every op, and every way nodes are joined. */
    static final Map<String, String> NETWORKS = Map.of(
            "convolutional",
            """
            - {type: conv, filters: 5, kernel: 3, bias: false}
            - {type: activation, function: tanh}
            - {type: max-pool, size: 2}
            - {type: conv, filters: 6, kernel: 3, stride: 2, padding: same}
            - {type: activation, function: tanh}
            - {type: flatten}
            - {type: dense, units: 12}
            - {type: activation, function: tanh}
            - {type: dense, units: 10}
            """,
            "residual",
            """
            - {type: conv, name: a, filters: 6, kernel: 3}
            - {type: batch-norm}
            - {type: activation, function: relu, name: b}
            - {type: conv, filters: 6, kernel: 3, bias: false}
            - {type: batch-norm, name: c}
            - {type: add, inputs: [c, b]}
            - {type: activation, function: relu}
            - {type: conv, filters: 7, kernel: 3, padding: same}
            - {type: activation, function: gelu}
            - {type: avg-pool, size: 2}
            - {type: global-avg-pool}
            - {type: dense, units: 10}
            """,
            "tokens",
            """
            - {type: conv, filters: 6, kernel: 2, stride: 2, padding: valid}
            - {type: tokens}
            - {type: position-embedding, name: p}
            - {type: layer-norm, name: n}
            - {type: dense, name: q, units: 6, inputs: [n]}
            - {type: dense, name: k, units: 6, inputs: [n]}
            - {type: dense, name: v, units: 6, inputs: [n]}
            - {type: attention, heads: 2, inputs: [q, k, v], name: m}
            - {type: add, inputs: [m, p], name: r}
            - {type: multiply, inputs: [r, n], name: s}
            - {type: concat, inputs: [r, s]}
            - {type: dense, units: 5}
            - {type: activation, function: sigmoid}
            - {type: dropout, rate: 0.2}
            - {type: flatten}
            - {type: dense, units: 10}
            """,
            "shared",
            """
            - {type: flatten}
            - {type: dense, units: 20, name: i}
            - {type: activation, function: hard-tanh}
            - {type: dense, units: 20, name: one}
            - {type: activation, function: leaky-relu}
            - {type: dense, units: 20, name: two, share: one}
            - {type: activation, function: relu}
            - {type: dense, units: 10}
            """,
            "invertible",
            """
            - {type: conv, filters: 6, kernel: 3, stride: 2, padding: same, bias: false}
            - {type: activation, function: leaky-relu}
            - {type: square-conv, read: 14, kernel: 2, stride: 1, initializer: orthogonal}
            - {type: activation, function: leaky-relu}
            - {type: flatten}
            - {type: square-dense}
            - {type: activation, function: leaky-relu}
            - {type: square-dense, read: 10, bias: false}
            """,
            "spiking",
            """
            - {type: conv, filters: 5, kernel: 3, bias: false, initializer: he-normal, initialScale: 3}
            - {type: sum-pool, size: 2, weight: 1.1, name: pool}
            - {type: dropout, rate: 0.1}
            - {type: conv, filters: 5, kernel: 3, bias: false, initializer: he-normal, initialScale: 3, name: c}
            - {type: add, inputs: [c, pool]}
            - {type: flatten}
            - {type: dense, units: 12, bias: false, initializer: he-normal, initialScale: 3}
            - {type: dense, units: 10, bias: false, initializer: he-normal, initialScale: 3}
            """,
            "smooth",
            """
            - {type: flatten}
            - {type: dense, units: 12, name: a}
            - {type: activation, function: tanh}
            - {type: dense, units: 12, name: b}
            - {type: add, inputs: [a, b]}
            - {type: activation, function: sigmoid}
            - {type: dense, units: 10}
            """,
            "pooled",
            """
            - {type: conv, filters: 5, kernel: 3, bias: false}
            - {type: activation, function: tanh}
            - {type: max-pool, size: 2}
            - {type: conv, filters: 4, kernel: 3, bias: false}
            - {type: activation, function: tanh}
            - {type: conv, filters: 6, kernel: 3, bias: false}
            - {type: activation, function: tanh}
            - {type: max-pool, size: 2}
            - {type: flatten}
            - {type: dense, units: 12, bias: false}
            - {type: activation, function: tanh}
            - {type: dense, units: 10, bias: false}
            """,
            "signs",
            """
            - {type: conv, filters: 5, kernel: 3}
            - {type: activation, function: signum}
            - {type: max-pool, size: 2}
            - {type: flatten}
            - {type: dense, units: 12}
            - {type: activation, function: signum}
            - {type: dense, units: 10}
            """);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClassLoader loader;
    private final Path folder;

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

    /** Verifies a learner on a network for three batches of seven images. */
    Outcome run(String network, String learner, String... settings) {
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
                """.formatted(NETWORKS.get(network).indent(4).stripTrailing(), learner);
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
