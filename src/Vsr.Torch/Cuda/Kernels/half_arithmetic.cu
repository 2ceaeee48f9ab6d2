// Element-wise work on 16-bit floating-point values, eight a thread, from two sources straight into a third place.
//
// libtorch's operators write into new memory; what is to lie side by side with other results would have to be copied there.
// Definition: HalfArithmetic's operators in C#, with the same rounding (to nearest, ties to even).
//
// Compiled by HalfArithmetic with NVRTC, which has no headers of its own here: nothing is included. Needs compute capability 8.0.

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

// Two values with the negative ones set to zero.
__device__ unsigned int relu2(unsigned int x)
{
    unsigned int negative = (x >> 15) & 0x00010001u;
    return x & ~(negative * 0xffffu);
}

// Two gradients where the output, which is not negative, is not zero.
__device__ unsigned int mask2(unsigned int gradient, unsigned int output)
{
    unsigned int positive = (((output & 0x7fff7fffu) + 0x7fff7fffu) >> 15) & 0x00010001u;
    return gradient & (positive * 0xffffu);
}

__device__ unsigned int sum2_bfloat16(unsigned int a, unsigned int b)
{
    unsigned int sum;
    asm("fma.rn.bf16x2 %0, %1, %2, %3;" : "=r"(sum) : "r"(a), "r"(0x3f803f80u), "r"(b));    // a * 1 + b, rounded once
    return sum;
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

#define RELU(a, b) relu2(a)

EACH(half_relu, RELU)
EACH(half_mask, mask2)
EACH(half_sum_bfloat16, sum2_bfloat16)
EACH(half_sum_float16, sum2_float16)
