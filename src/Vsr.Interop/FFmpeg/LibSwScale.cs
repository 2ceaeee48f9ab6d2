using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>libswscale: conversion between pixel formats and sizes; the oracle of our own colour conversion.</summary>
internal static unsafe partial class LibSwScale
{
    private const string Library = "swscale";

    [LibraryImport(Library)]
    public static partial uint swscale_version();

    [LibraryImport(Library)]
    public static partial int sws_isSupportedInput(int format);

    [LibraryImport(Library)]
    public static partial int sws_isSupportedOutput(int format);

    [LibraryImport(Library)]
    public static partial SwsContext* sws_getContext(
        int sourceWidth,
        int sourceHeight,
        int sourceFormat,
        int targetWidth,
        int targetHeight,
        int targetFormat,
        int flags,
        void* sourceFilter,
        void* targetFilter,
        double* parameters);

    [LibraryImport(Library)]
    public static partial int* sws_getCoefficients(int colorSpace);

    [LibraryImport(Library)]
    public static partial int sws_setColorspaceDetails(
        SwsContext* context,
        int* inverseTable,
        int sourceRange,
        int* table,
        int targetRange,
        int brightness,
        int contrast,
        int saturation);

    [LibraryImport(Library)]
    public static partial SwsContext* sws_alloc_context();

    [LibraryImport(Library)]
    public static partial int sws_init_context(SwsContext* context, void* sourceFilter, void* targetFilter);

    [LibraryImport(Library)]
    public static partial int sws_scale(
        SwsContext* context,
        byte** source,
        int* sourceStride,
        int sourceY,
        int sourceHeight,
        byte** target,
        int* targetStride);

    [LibraryImport(Library)]
    public static partial void sws_freeContext(SwsContext* context);
}
