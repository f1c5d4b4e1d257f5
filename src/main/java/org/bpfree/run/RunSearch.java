package org.bpfree.run;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/** The runs below a root folder. Symbolic links are followed, as runs often lie on another disk; what cannot be read is skipped. */
public final class RunSearch {
    private static final int DEPTH = 2; // ROOT/NAME/RUN

    private RunSearch() {}

    /** All runs below a root, the one that was started or resumed last first; none when there is no such folder. */
    public static List<RunFolder> newestFirst(Path root) {
        List<RunFolder> runs = new ArrayList<>();
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return add(folder);
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    return add(path); // folders at the greatest depth, too
                }

                private FileVisitResult add(Path path) {
                    if (Files.isDirectory(path.resolve("checkpoints"))) {
                        runs.add(new RunFolder(path));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path path, IOException cause) {
                    return FileVisitResult.CONTINUE; // somebody else's, or a link in a circle
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException cause) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("every failure of the walk is answered by going on", e);
        }
        runs.sort(Comparator.comparing(RunSearch::lastStart)
                .thenComparing(run -> run.path().toString())
                .reversed());
        return runs;
    }

    /** When somebody last worked on the run; its name may be anything. */
    private static FileTime lastStart(RunFolder run) {
        try {
            return Files.getLastModifiedTime(run.file("manifest.json"));
        } catch (IOException e) {
            return FileTime.fromMillis(0); // killed before it was written
        }
    }
}
