// Two parts of the recurrent network's input, written straight to their places among its channels in bfloat16:
// the state where the flow points, and the detail of the previous output where the flow points.
//
// The definition is RecurrentVsr.Step with Warp.Sample; results differ by rounding, and where a flow
// is no number: the border is taken then. NVRTC has no headers of its own here: nothing is included.

__device__ float fromBfloat16(unsigned int bits)
{
    return __uint_as_float(bits << 16);
}

__device__ unsigned int toBfloat16(float value)
{
    unsigned int bits = __float_as_uint(value);
    return value != value ? 0x7fffu : (bits + 0x7fffu + (bits >> 16 & 1)) >> 16;
}

__device__ float within(float value, float least, float most)
{
    return fminf(fmaxf(value, least), most);
}

struct alignas(8) Four
{
    unsigned int low, high;         // two values each, the first in the lower half
};

// The same fields as StateJob in C#; strides in values.
struct StateJob
{
    const unsigned short *state;    // [h, w, channels]
    const float *flow;              // [2, h, w], x then y
    unsigned short *target;         // [h, w, .]
    long long flowPlane, flowRow, flowPixel, targetPixel;
    int channels, height, width;
};

__device__ Four corner(const StateJob &job, int x, int y, int channel)
{
    return *(const Four *)(job.state + ((long long)y * job.width + x) * job.channels + channel);
}

__device__ unsigned int blend(unsigned int a, unsigned int b, unsigned int c, unsigned int d, float wa, float wb, float wc, float wd)
{
    float low = fromBfloat16(a & 0xffffu) * wa + fromBfloat16(b & 0xffffu) * wb + fromBfloat16(c & 0xffffu) * wc + fromBfloat16(d & 0xffffu) * wd;
    float high = fromBfloat16(a >> 16) * wa + fromBfloat16(b >> 16) * wb + fromBfloat16(c >> 16) * wc + fromBfloat16(d >> 16) * wd;
    return toBfloat16(low) | toBfloat16(high) << 16;
}

// threadIdx.x: four channels each, around; threadIdx.y: pixels.
extern "C" __global__ void warp_state(const StateJob job)
{
    long long pixel = (long long)blockIdx.x * blockDim.y + threadIdx.y;
    if (pixel >= (long long)job.height * job.width)
    {
        return;
    }

    int x = (int)(pixel % job.width);
    int y = (int)(pixel / job.width);
    const float *flow = job.flow + y * job.flowRow + x * job.flowPixel;
    float px = within(x + flow[0], 0, (float)(job.width - 1));
    float py = within(y + flow[job.flowPlane], 0, (float)(job.height - 1));
    int x0 = (int)px;
    int y0 = (int)py;
    int x1 = x0 + 1 < job.width ? x0 + 1 : x0;
    int y1 = y0 + 1 < job.height ? y0 + 1 : y0;
    float wx = px - x0;
    float wy = py - y0;
    float wa = (1 - wx) * (1 - wy);
    float wb = wx * (1 - wy);
    float wc = (1 - wx) * wy;
    float wd = wx * wy;
    for (int channel = 4 * threadIdx.x; channel < job.channels; channel += 4 * blockDim.x)
    {
        Four a = corner(job, x0, y0, channel);
        Four b = corner(job, x1, y0, channel);
        Four c = corner(job, x0, y1, channel);
        Four d = corner(job, x1, y1, channel);
        Four result;
        result.low = blend(a.low, b.low, c.low, d.low, wa, wb, wc, wd);
        result.high = blend(a.high, b.high, c.high, d.high, wa, wb, wc, wd);
        *(Four *)(job.target + pixel * job.targetPixel + channel) = result;
    }
}

// The same fields as DetailJob in C#; strides in values.
struct DetailJob
{
    const float *previous;          // [3, 4 h, 4 w]
    const float *enlarged;          // [3, 4 h, 4 w]
    const float *flow;              // [2, h, w], x then y, in pixels of this size
    unsigned short *target;         // [h, w, .]: channel c * 16 + row * 4 + column of the 4 x 4 pixels
    long long flowPlane, flowRow, flowPixel, targetPixel;
    int height, width;
};

#define SCALE 4

struct alignas(16) FourFloats
{
    float v[4];
};

// Cubic convolution, a = -0.75: the weights of the pixels before, at, after and beyond a position t behind a pixel.
__device__ void cubic(float t, float *weights)
{
    const float a = -0.75f;
    float s = t + 1;
    weights[0] = ((a * s - 5 * a) * s + 8 * a) * s - 4 * a;
    weights[1] = ((a + 2) * t - (a + 3)) * t * t + 1;
    s = 1 - t;
    weights[2] = ((a + 2) * s - (a + 3)) * s * s + 1;
    s = 2 - t;
    weights[3] = ((a * s - 5 * a) * s + 8 * a) * s - 4 * a;
}

__device__ int clampIndex(int i, int count)
{
    return i < 0 ? 0 : i < count ? i : count - 1;
}

// The flow between low-resolution pixels, as bilinear enlargement has it.
__device__ float between(const DetailJob &job, const float *flow, int x0, int x1, int y0, int y1, float wx, float wy)
{
    float top = flow[y0 * job.flowRow + x0 * job.flowPixel] * (1 - wx) + flow[y0 * job.flowRow + x1 * job.flowPixel] * wx;
    float bottom = flow[y1 * job.flowRow + x0 * job.flowPixel] * (1 - wx) + flow[y1 * job.flowRow + x1 * job.flowPixel] * wx;
    return top * (1 - wy) + bottom * wy;
}

// A thread: four pixels side by side of one row of a low-resolution pixel's block.
extern "C" __global__ void warp_detail(const DetailJob job)
{
    long long index = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    int fullWidth = SCALE * job.width;
    int fullHeight = SCALE * job.height;
    if (index >= (long long)fullHeight * job.width)
    {
        return;
    }

    int x = (int)(index % job.width);
    int row = (int)(index / job.width);
    int y = row / SCALE;
    long long plane = (long long)fullHeight * fullWidth;
    float fy = fmaxf((row + 0.5f) / SCALE - 0.5f, 0);
    int fy0 = (int)fy;
    int fy1 = fy0 + 1 < job.height ? fy0 + 1 : fy0;
    float sums[3][SCALE];
    for (int i = 0; i < SCALE; i++)
    {
        int column = SCALE * x + i;
        float fx = fmaxf((column + 0.5f) / SCALE - 0.5f, 0);
        int fx0 = (int)fx;
        int fx1 = fx0 + 1 < job.width ? fx0 + 1 : fx0;
        float px = column + SCALE * between(job, job.flow, fx0, fx1, fy0, fy1, fx - fx0, fy - fy0);
        float py = row + SCALE * between(job, job.flow + job.flowPlane, fx0, fx1, fy0, fy1, fx - fx0, fy - fy0);
        px = within(px, -3, (float)(fullWidth + 2));        // beyond, all pixels are the border's
        py = within(py, -3, (float)(fullHeight + 2));
        float left = floorf(px);
        float above = floorf(py);
        float across[4], down[4];
        cubic(px - left, across);
        cubic(py - above, down);
        for (int c = 0; c < 3; c++)
        {
            float sum = 0;
            for (int j = 0; j < 4; j++)
            {
                const float *line = job.previous + c * plane + (long long)clampIndex((int)above - 1 + j, fullHeight) * fullWidth;
                float part = 0;
                for (int k = 0; k < 4; k++)
                {
                    part += line[clampIndex((int)left - 1 + k, fullWidth)] * across[k];
                }

                sum += part * down[j];
            }

            sums[c][i] = sum;
        }
    }

    unsigned short *target = job.target + ((long long)y * job.width + x) * job.targetPixel + SCALE * (row % SCALE);
    for (int c = 0; c < 3; c++)
    {
        FourFloats still = *(const FourFloats *)(job.enlarged + c * plane + (long long)row * fullWidth + SCALE * x);
        Four result;
        result.low = toBfloat16(sums[c][0] - still.v[0]) | toBfloat16(sums[c][1] - still.v[1]) << 16;
        result.high = toBfloat16(sums[c][2] - still.v[2]) | toBfloat16(sums[c][3] - still.v[3]) << 16;
        *(Four *)(target + c * SCALE * SCALE) = result;
    }
}
