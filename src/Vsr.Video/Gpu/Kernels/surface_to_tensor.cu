// One decoded picture in device memory to its place in a batch tensor: chroma enlarged, matrix and range applied, cropped,
// flipped, transposed, scaled and stored in the tensor's type, in one pass.
//
// The definition is the C# conversion (src/Vsr.Video/Color: ComponentRows, ChromaInterpolation, RgbKernel). The operations and
// their order are the same, and the program is compiled without fused multiply-add, so that the results are the same too.
//
// Compiled by SurfaceConverter with NVRTC, once for each combination of
//   BYTES      of a picture's sample: 1 or 2
//   CHROMA     0 not needed; 1 half width and height, U and V interleaved (4:2:0); 2 full size, U plane before V plane (4:4:4)
//   CHANNELS   1 or 3
//   OUTPUT     type of the tensor: 0 float32, 1 float16, 2 bfloat16, 3 uint8
// and PIXELS, the pixels of a thread. Threads of a warp lie side by side along the tensor's fastest axis, so that they write to
// neighbouring addresses; a thread's own pixels lie along the other axis, blockDim.y apart.
//
// NVRTC has no headers of its own here: nothing is included.

#if BYTES == 2
typedef unsigned short Sample;
#else
typedef unsigned char Sample;
#endif

// The same fields as SurfaceKernelArguments in C#.
struct Arguments
{
    const unsigned char *luma;      // sample (0, 0) of the whole picture
    const unsigned char *chroma;    // the interleaved plane, or the U plane
    const unsigned char *chromaV;   // the V plane of 4:4:4
    unsigned char *output;          // where the crop's pixel (0, 0) goes, channel 0
    long long channelStride;        // in elements of the output, as the two below
    long long strideX;              // from a pixel to its right neighbour in the picture (transposition and flips are in here)
    long long strideY;              // from a pixel to the one below it in the picture
    int pitch;                      // bytes from a row of samples to the next, all planes
    int shift;                      // unused low bits of a sample
    int cropX, cropY, cropWidth, cropHeight;
    int chromaWidth, chromaHeight;  // in samples, of the whole picture
    int evenRowAbove;               // 1: an even luma row lies between the chroma row above its own and its own
    int yIsFast;                    // 1: strideY is the smaller one, threads of a warp go down the picture
    float evenWeightX, oddWeightX;  // weight of the chroma sample before (even columns) and after (odd columns)
    float evenWeightY, oddWeightY;  // weight of the lower of two chroma rows
    float offset[3];                // subtracted from the samples
    float matrix[9];                // to a value of 0..1 (of 0..255 for uint8), a row for each channel
    float constant[3];              // added to each row's sum
    float scale, bias;              // output = value * scale + bias (not for uint8)
    int unused;
};

struct Chroma
{
    float u, v;
};

struct alignas(2 * sizeof(Sample)) Pair   // loaded at once
{
    Sample u, v;
};

static __device__ __forceinline__ float sample(const Arguments &a, const unsigned char *plane, int x, int y)
{
    const Sample *row = (const Sample *)(plane + (long long)y * a.pitch);
    return (float)(row[x] >> a.shift);
}

#if CHROMA == 1
static __device__ __forceinline__ float between(float first, float second, float secondWeight)
{
    return first + (second - first) * secondWeight;
}

// One row of 4:2:0 chroma at luma column x, offsets taken off.
static __device__ __forceinline__ Chroma chroma_row(const Arguments &a, int x, int chromaY)
{
    const Pair *row = (const Pair *)(a.chroma + (long long)chromaY * a.pitch);
    int own = x >> 1;
    bool isOdd = (x & 1) != 0;
    int beside = isOdd ? min(own + 1, a.chromaWidth - 1) : max(own - 1, 0);
    float weight = isOdd ? a.oddWeightX : a.evenWeightX;
    Pair first = row[own];
    Pair second = row[beside];
    Chroma result;
    result.u = between((float)(first.u >> a.shift) - a.offset[1], (float)(second.u >> a.shift) - a.offset[1], weight);
    result.v = between((float)(first.v >> a.shift) - a.offset[2], (float)(second.v >> a.shift) - a.offset[2], weight);
    return result;
}
#endif

// Chroma at a luma position of the whole picture: bilinear between the samples, the outermost ones repeated.
static __device__ __forceinline__ Chroma chroma_at(const Arguments &a, int x, int y)
{
    Chroma result = {0.0f, 0.0f};
#if CHROMA == 1
    bool isOdd = (y & 1) != 0;
    int upper = (y >> 1) - (isOdd ? 0 : a.evenRowAbove);
    Chroma above = chroma_row(a, x, max(upper, 0));
    Chroma below = chroma_row(a, x, min(upper + 1, a.chromaHeight - 1));
    float weight = isOdd ? a.oddWeightY : a.evenWeightY;
    result.u = between(above.u, below.u, weight);
    result.v = between(above.v, below.v, weight);
#elif CHROMA == 2
    result.u = sample(a, a.chroma, x, y) - a.offset[1];
    result.v = sample(a, a.chromaV, x, y) - a.offset[2];
#endif
    return result;
}

static __device__ __forceinline__ void store(const Arguments &a, long long element, float value)
{
#if OUTPUT == 3
    value = fminf(fmaxf(value, 0.0f), 255.0f);
    a.output[element] = (unsigned char)(int)(value + 0.5f);
#else
    value = fminf(fmaxf(value, 0.0f), 1.0f) * a.scale + a.bias;
#if OUTPUT == 0
    ((float *)a.output)[element] = value;
#elif OUTPUT == 1
    unsigned short half;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(half) : "f"(value));
    ((unsigned short *)a.output)[element] = half;
#else
    unsigned int bits = __float_as_uint(value);   // to nearest, ties to even
    ((unsigned short *)a.output)[element] = (unsigned short)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
#endif
#endif
}

extern "C" __global__ void surface_to_tensor(const Arguments a)
{
    int fastLength = a.yIsFast ? a.cropHeight : a.cropWidth;
    int slowLength = a.yIsFast ? a.cropWidth : a.cropHeight;
    long long fastStride = a.yIsFast ? a.strideY : a.strideX;
    long long slowStride = a.yIsFast ? a.strideX : a.strideY;
    int fast = blockIdx.x * blockDim.x + threadIdx.x;
    int slow = blockIdx.y * blockDim.y * PIXELS + threadIdx.y;
    if (fast >= fastLength)
    {
        return;
    }

    // All pixels first, then all stores: the loads of one pixel need not wait for the stores of another.
    float values[PIXELS][CHANNELS];
#pragma unroll
    for (int i = 0; i < PIXELS; i++)
    {
        int along = min(slow + i * (int)blockDim.y, slowLength - 1);   // beyond the end: the last pixel, not stored below
        int x = a.cropX + (a.yIsFast ? along : fast);
        int y = a.cropY + (a.yIsFast ? fast : along);
        float luma = sample(a, a.luma, x, y) - a.offset[0];
        Chroma c = chroma_at(a, x, y);
#pragma unroll
        for (int channel = 0; channel < CHANNELS; channel++)
        {
            const float *m = a.matrix + 3 * channel;
            values[i][channel] = luma * m[0] + c.u * m[1] + c.v * m[2] + a.constant[channel];
        }
    }

#pragma unroll
    for (int i = 0; i < PIXELS; i++)
    {
        int along = slow + i * (int)blockDim.y;
        long long element = fast * fastStride + along * slowStride;
#pragma unroll
        for (int channel = 0; channel < CHANNELS && along < slowLength; channel++)
        {
            store(a, element + channel * a.channelStride, values[i][channel]);
        }
    }
}
