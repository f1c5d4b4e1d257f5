package org.bpfree.tensor;

/**
 * The maps of a batch cut into square tiles that a two-dimensional filter makes at once. A band is one row of tiles of one map; bands
 * are numbered through all maps of the batch.
 *
 * @param batch number of maps
 * @param height of the maps whose tiles are counted
 * @param width of the maps whose tiles are counted
 * @param tile height and width of a tile; the last of a row or column may reach beyond the map
 */
record TileGrid(int batch, int height, int width, int tile) {
    int bandsOfMap() {
        return (height + tile - 1) / tile;
    }

    int bands() {
        return batch * bandsOfMap();
    }

    int tilesOfBand() {
        return (width + tile - 1) / tile;
    }

    int map(int band) {
        return band / bandsOfMap();
    }

    /** First row of a band within its map. */
    int top(int band) {
        return band % bandsOfMap() * tile;
    }

    /** Pixels of the tiles of a map, those beyond its border included. */
    int pixelsOfMap() {
        return bandsOfMap() * tile * tilesOfBand() * tile;
    }
}
