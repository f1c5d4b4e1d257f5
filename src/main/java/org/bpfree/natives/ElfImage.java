package org.bpfree.natives;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Shared libraries in the Executable and Linkable Format of 64 bits, little endian, without what only linkers and debuggers read: the tables of
 * symbols that are not exported and of sections. ND4J's library is a tenth smaller so, and the loader of the system asks for neither (System V
 * ABI, chapter 5: it reads the program headers).
 */
final class ElfImage {
    private static final int PROGRAM_HEADERS_AT = 32;
    private static final int SECTION_HEADERS_AT = 40;
    private static final int PROGRAM_HEADER_SIZE_AT = 54;
    private static final int PROGRAM_HEADERS_COUNT_AT = 56;
    private static final int SECTION_HEADERS_COUNT_AT = 60;
    private static final int SECTION_NAMES_AT = 62;
    private static final int OFFSET_IN_HEADER = 8;
    private static final int BYTES_IN_HEADER = 32;

    private ElfImage() {}

    /** The bytes up to the end of the last segment, told to have no sections; a file of another format as it is. */
    static byte[] loadable(byte[] file) {
        ByteBuffer elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        boolean known = file.length > 64 && elf.getInt(0) == 0x464C457F && file[4] == 2 && file[5] == 1;
        if (!known) {
            return file;
        }
        long end = 0;
        for (int each = 0; each < elf.getShort(PROGRAM_HEADERS_COUNT_AT); each++) {
            int header = Math.toIntExact(elf.getLong(PROGRAM_HEADERS_AT)) + each * elf.getShort(PROGRAM_HEADER_SIZE_AT);
            end = Math.max(end, elf.getLong(header + OFFSET_IN_HEADER) + elf.getLong(header + BYTES_IN_HEADER));
        }
        byte[] loadable = Arrays.copyOf(file, Math.toIntExact(end));
        ByteBuffer.wrap(loadable)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(SECTION_HEADERS_AT, 0)
                .putShort(SECTION_HEADERS_COUNT_AT, (short) 0)
                .putShort(SECTION_NAMES_AT, (short) 0);
        return loadable;
    }
}
