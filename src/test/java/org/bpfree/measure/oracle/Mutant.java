package org.bpfree.measure.oracle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A wrong learner or kernel: a source file of the program in which one piece of text stands in the place of another, compiled in memory.
 *
 * @param name what is wrong
 * @param file below {@code src/main/java/org/bpfree}
 * @param text that stands there once
 * @param wrong what takes its place
 * @param network of {@code networks.txt} on which it shows
 * @param learner settings of the learner that runs it
 * @param settings further settings, {@code a.b=value}
 */
record Mutant(
        String name, String file, String text, String wrong, String network, String learner, List<String> settings) {
    private static final Path SOURCES = Path.of("src/main/java/org/bpfree");
    private static final String PROGRAM = "org.bpfree.";

    /** The wrong learners and kernels of {@code mutants.txt}, which says how they are written. */
    static List<Mutant> all() throws IOException {
        try (InputStream stream = Mutant.class.getResourceAsStream("mutants.txt")) {
            String[] blocks = new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n\n");
            return Arrays.stream(blocks)
                    .filter(block -> block.startsWith("# "))
                    .map(Mutant::read)
                    .toList();
        }
    }

    private static Mutant read(String block) {
        String[] learner = only(block, "learner: ").split(" on (?=[a-z]+$)");
        return new Mutant(
                only(block, "# "),
                only(block, "file: "),
                String.join("\n", lines(block, "- ")),
                String.join("\n", lines(block, "+ ")),
                learner[1],
                learner[0],
                lines(block, "set: "));
    }

    private static String only(String block, String start) {
        return lines(block, start).get(0);
    }

    private static List<String> lines(String block, String start) {
        return block.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    /** A loader of the whole program with the wrong class in it, whatever else has been loaded in this process. */
    ClassLoader loader() throws IOException {
        String source = Files.readString(SOURCES.resolve(file));
        int at = source.indexOf(text);
        if (at < 0 || source.indexOf(text, at + 1) >= 0) {
            throw new AssertionError("'" + text + "' has to stand in " + file + " once: mutant '" + name + "'");
        }
        Map<String, byte[]> classes = compile(source.replace(text, wrong));
        return new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> loadClass(String className, boolean resolve) throws ClassNotFoundException {
                if (!className.startsWith(PROGRAM)) {
                    return super.loadClass(className, resolve);
                }
                synchronized (getClassLoadingLock(className)) {
                    Class<?> known = findLoadedClass(className);
                    return known != null ? known : define(className);
                }
            }

            private Class<?> define(String className) throws ClassNotFoundException {
                try {
                    byte[] bytes = classes.get(className);
                    if (bytes == null) {
                        bytes = original(className);
                    }
                    return defineClass(className, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(className, e);
                }
            }

            private byte[] original(String className) throws IOException, ClassNotFoundException {
                try (InputStream stream = getParent().getResourceAsStream(className.replace('.', '/') + ".class")) {
                    if (stream == null) {
                        throw new ClassNotFoundException(className);
                    }
                    return stream.readAllBytes();
                }
            }
        };
    }

    private Map<String, byte[]> compile(String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
        URI address = URI.create("string:///org/bpfree/" + file);
        JavaFileObject unit = new SimpleJavaFileObject(address, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreErrors) {
                return source;
            }
        };
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaFileManager inMemory = new ForwardingJavaFileManager<>(files) {
                @Override
                public JavaFileObject getJavaFileForOutput(
                        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
                    ByteArrayOutputStream bytes = compiled.computeIfAbsent(className, n -> new ByteArrayOutputStream());
                    return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                        @Override
                        public OutputStream openOutputStream() {
                            return bytes;
                        }
                    };
                }
            };
            List<String> options = List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
            StringBuilder problems = new StringBuilder();
            boolean compiles = compiler.getTask(
                            null,
                            inMemory,
                            problem -> problems.append(problem).append('\n'),
                            options,
                            null,
                            List.of(unit))
                    .call();
            if (!compiles) {
                throw new AssertionError("mutant '" + name + "' does not compile: " + problems);
            }
        }
        Map<String, byte[]> classes = new HashMap<>();
        compiled.forEach((className, bytes) -> classes.put(className, bytes.toByteArray()));
        return classes;
    }

    @Override
    public String toString() {
        return name;
    }
}
