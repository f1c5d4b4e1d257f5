package org.bpfree;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and methods stay small enough to be read at once. */
class SourceSizeTest {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 80;

    /** What a comment above a longer method begins with; the reason follows. */
    private static final String REASON = "// Long because ";

    @Test
    void noFileIsTooLong() throws IOException {
        List<Path> sources = sources(Path.of("src"));

        assertThat(sources).hasSizeGreaterThan(100);
        for (Path source : sources) {
            assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(FILE_LINES);
        }
    }

    @Test
    void noMethodIsTooLongWithoutAReason() throws IOException {
        assertThat(longMethods(sources(Path.of("src")))).isEmpty();
    }

    @Test
    void aLongMethodIsFoundUnlessItGivesAReason(@TempDir Path folder) throws IOException {
        // Negative control.
        String body = "int a;\n".repeat(METHOD_LINES);
        Path bad = Files.writeString(folder.resolve("Bad.java"), "class Bad {\nvoid method() {\n" + body + "}\n}\n");
        Path good = Files.writeString(
                folder.resolve("Good.java"),
                "class Good {\n" + REASON + "it is a table.\nvoid method() {\n" + body + "}\n}\n");

        assertThat(longMethods(List.of(bad, good))).containsExactly(bad + ":2: method has 82 lines");
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<String> longMethods(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                List<String> lines = unit.getSourceFile()
                        .getCharContent(true)
                        .toString()
                        .lines()
                        .toList();
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void nothing) {
                        LineMap map = unit.getLineMap();
                        int first = (int) map.getLineNumber(positions.getStartPosition(unit, method));
                        int last = (int) map.getLineNumber(positions.getEndPosition(unit, method));
                        boolean reasoned =
                                first > 1 && lines.get(first - 2).strip().startsWith(REASON);
                        if (last - first + 1 > METHOD_LINES && !reasoned) {
                            found.add(Path.of(unit.getSourceFile().toUri()) + ":" + first + ": " + method.getName()
                                    + " has " + (last - first + 1) + " lines");
                        }
                        return super.visitMethod(method, nothing);
                    }
                }.scan(unit, null);
            }
        }
        return found;
    }
}
