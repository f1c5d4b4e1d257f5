package org.bpfree.data.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.bpfree.data.DataFile;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.LocalFiles;

/** Unpacks an archive, and refuses any entry that would end up outside the folder it is unpacked into. */
final class TarGz {
    private TarGz() {}

    static void unpack(Path archive, Path folder) {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(archive, tar, entry, folder.toAbsolutePath().normalize());
            }
        } catch (IOException e) {
            throw DataFile.damaged(e, archive, "cannot be unpacked (" + e.getMessage() + ")");
        }
    }

    private static void unpack(Path archive, TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
            throws IOException {
        Path target = confined(archive, entry.getName(), folder);
        if (entry.isDirectory()) {
            LocalFiles.createFolder(target);
            return;
        }
        // A link could point a later entry out of the folder; the datasets have none.
        if (!isPlain(entry)) {
            throw DataFile.damaged(archive, "has the entry '" + entry.getName() + "', which is no plain file");
        }
        LocalFiles.createFolder(target.getParent());
        AtomicFile.write(target, tar.readNBytes(entryLength(archive, entry)));
    }

    /** The library's isFile() is true of links, too. */
    private static boolean isPlain(TarArchiveEntry entry) {
        return entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    }

    private static int entryLength(Path archive, TarArchiveEntry entry) {
        if (entry.getSize() > 1 << 30) {
            throw DataFile.damaged(archive, "has the entry '" + entry.getName() + "' of " + entry.getSize() + " bytes");
        }
        return (int) entry.getSize();
    }

    private static Path confined(Path archive, String name, Path folder) {
        Path target;
        try {
            target = folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw DataFile.damaged(e, archive, "has an entry with the impossible name '" + name + "'");
        }
        if (!target.startsWith(folder)) {
            throw Failure.data(
                    "The archive " + archive + " has the entry '" + name + "', which would be written outside " + folder
                            + "; nothing was written there",
                    "Do not use this archive, nor the mirror it came from.");
        }
        return target;
    }
}
