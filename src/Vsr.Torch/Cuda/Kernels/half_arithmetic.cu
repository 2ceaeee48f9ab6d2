// Element-wise work on 16-bit floating-point values, eight a thread, from two sources straight into a third place.
//
// libtorch's operators write into new memory; what is to lie side by side with other results would have to be copied there.
// Definition: HalfArithmetic's operators in C#, with the same rounding (to nearest, ties to even).
//
// Compiled by KernelProgram with NVRTC, which has no headers of its own here: nothing is included.

// Eight values, in one load.
struct alignas(16) Eight
{
    unsigned int x, y, z, w;
};

// The same fields as HalfArithmetic.Job in C#.
struct Job
{
    const Eight *a;
    const Eight *b;
    Eight *target;
    long long vectors;              // of eight values
};

// Two values with the negative ones set to zero; what is not a number stays. beyond: what added to infinity's bits gives 0x7fff.
__device__ unsigned int relu2(unsigned int x, unsigned int beyond)
{
    unsigned int negative = (x >> 15) & 0x00010001u;
    unsigned int notNumber = (((x & 0x7fff7fffu) + beyond) >> 15) & 0x00010001u;
    return x & ~((negative & ~notNumber) * 0xffffu);
}

// Two gradients where the output is not zero of either sign.
__device__ unsigned int mask2(unsigned int gradient, unsigned int output)
{
    unsigned int active = (((output & 0x7fff7fffu) + 0x7fff7fffu) >> 15) & 0x00010001u;
    return gradient & (active * 0xffffu);
}

__device__ unsigned int sum2_bfloat16(unsigned int a, unsigned int b)
{
#if __CUDA_ARCH__ >= 800
    unsigned int sum;
    asm("fma.rn.bf16x2 %0, %1, %2, %3;" : "=r"(sum) : "r"(a), "r"(0x3f803f80u), "r"(b));    // a * 1 + b, rounded once
    return sum;
#else
    unsigned int sum = 0;
    for (int shift = 0; shift < 32; shift += 16)
    {
        float exact = __uint_as_float(a >> shift << 16) + __uint_as_float(b >> shift << 16);
        unsigned int bits = __float_as_uint(exact);
        unsigned int rounded = exact != exact ? 0x7fffu : (bits + 0x7fffu + (bits >> 16 & 1)) >> 16;
        sum |= rounded << shift;
    }
    return sum;
#endif
}

__device__ unsigned int sum2_float16(unsigned int a, unsigned int b)
{
    unsigned int sum;
    asm("add.rn.f16x2 %0, %1, %2;" : "=r"(sum) : "r"(a), "r"(b));
    return sum;
}

#define EACH(NAME, PAIR)                                                                            \
    extern "C" __global__ void NAME(const Job job)                                                  \
    {                                                                                               \
        long long step = (long long)gridDim.x * blockDim.x;                                         \
        for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < job.vectors; i += step) \
        {                                                                                           \
            Eight a = job.a[i];                                                                     \
            Eight b = job.b[i];                                                                     \
            Eight c;                                                                                \
            c.x = PAIR(a.x, b.x);                                                                   \
            c.y = PAIR(a.y, b.y);                                                                   \
            c.z = PAIR(a.z, b.z);                                                                   \
            c.w = PAIR(a.w, b.w);                                                                   \
            job.target[i] = c;                                                                      \
        }                                                                                           \
    }

#define RELU_BFLOAT16(a, b) relu2(a, 0x007f007fu)
#define RELU_FLOAT16(a, b) relu2(a, 0x03ff03ffu)

EACH(half_relu_bfloat16, RELU_BFLOAT16)
EACH(half_relu_float16, RELU_FLOAT16)
EACH(half_mask, mask2)
EACH(half_sum_bfloat16, sum2_bfloat16)
EACH(half_sum_float16, sum2_float16)
