// Parts of a frame of the recurrent network. Of its input, written straight to their places among the channels in
// bfloat16: the state where the flow points, and the detail of the previous output where the flow points. And of
// its output: the frame enlarged, alone and with what the network adds.
//
// The definition is RecurrentVsr.Step with Warp.Sample and Resize.Enlarge; results differ by rounding, and where a
// flow is no number: the border is taken then. NVRTC has no headers of its own here: nothing is included.

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

// A thread: one pixel of the previous output's size. Neighbours in a warp are neighbours in a row, so that they read close by.
extern "C" __global__ void warp_detail(const DetailJob job)
{
    long long index = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    int fullWidth = SCALE * job.width;
    int fullHeight = SCALE * job.height;
    long long plane = (long long)fullHeight * fullWidth;
    if (index >= plane)
    {
        return;
    }

    int column = (int)(index % fullWidth);
    int row = (int)(index / fullWidth);
    float fx = fmaxf((column + 0.5f) / SCALE - 0.5f, 0);
    float fy = fmaxf((row + 0.5f) / SCALE - 0.5f, 0);
    int fx0 = (int)fx;
    int fy0 = (int)fy;
    int fx1 = fx0 + 1 < job.width ? fx0 + 1 : fx0;
    int fy1 = fy0 + 1 < job.height ? fy0 + 1 : fy0;
    float px = column + SCALE * between(job, job.flow, fx0, fx1, fy0, fy1, fx - fx0, fy - fy0);
    float py = row + SCALE * between(job, job.flow + job.flowPlane, fx0, fx1, fy0, fy1, fx - fx0, fy - fy0);
    px = within(px, -3, (float)(fullWidth + 2));        // beyond, all pixels are the border's
    py = within(py, -3, (float)(fullHeight + 2));
    float left = floorf(px);
    float above = floorf(py);
    float across[4], down[4];
    cubic(px - left, across);
    cubic(py - above, down);
    int columns[4];
    long long lines[4];
    for (int k = 0; k < 4; k++)
    {
        columns[k] = clampIndex((int)left - 1 + k, fullWidth);
        lines[k] = (long long)clampIndex((int)above - 1 + k, fullHeight) * fullWidth;
    }

    unsigned short *target = job.target + ((long long)(row / SCALE) * job.width + column / SCALE) * job.targetPixel
        + SCALE * (row % SCALE) + column % SCALE;
    for (int c = 0; c < 3; c++)
    {
        float sum = 0;
        for (int j = 0; j < 4; j++)
        {
            const float *line = job.previous + c * plane + lines[j];
            float part = 0;
            for (int k = 0; k < 4; k++)
            {
                part += line[columns[k]] * across[k];
            }

            sum += part * down[j];
        }

        target[c * SCALE * SCALE] = (unsigned short)toBfloat16(sum - job.enlarged[c * plane + index]);
    }
}

// The same fields as SumJob in C#; strides in values.
struct SumJob
{
    const float *frame;                 // [3, h, w]
    const unsigned short *residual;     // [h, w, .]: channel (c * S + row) * S + column of the S x S pixels; null adds nothing
    float *sum;                         // [3, S h, S w]
    long long framePlane, frameRow, framePixel, residualPixel;
    int height, width;
};

template <int S> struct alignas(4 * S) PixelsOfRow
{
    float v[S];
};

template <int S> struct alignas(2 * S) HalvesOfRow
{
    unsigned int pair[S / 2];           // the first in the lower half
};

// A thread: the S x S pixels of each colour over one pixel of the frame, by rows and columns of four taps among five.
template <int S> __device__ void enlargedSum(const SumJob &job)
{
    long long index = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    if (index >= (long long)job.height * job.width)
    {
        return;
    }

    int x = (int)(index % job.width);
    int y = (int)(index / job.width);
    float taps[S][4];                   // of the positions from two before on, or from one before
    for (int phase = 0; phase < S; phase++)
    {
        float position = (phase + 0.5f) / S - 0.5f;
        cubic(phase < S / 2 ? position + 1 : position, taps[phase]);
    }

    long long columns[5];
    for (int k = 0; k < 5; k++)
    {
        columns[k] = clampIndex(x - 2 + k, job.width) * job.framePixel;
    }

    for (int c = 0; c < 3; c++)
    {
        float wide[5][S];
        for (int r = 0; r < 5; r++)
        {
            const float *row = job.frame + c * job.framePlane + clampIndex(y - 2 + r, job.height) * job.frameRow;
            float v[5];
            for (int k = 0; k < 5; k++)
            {
                v[k] = row[columns[k]];
            }

            for (int phase = 0; phase < S; phase++)
            {
                const float *first = v + (phase < S / 2 ? 0 : 1);
                wide[r][phase] = first[0] * taps[phase][0] + first[1] * taps[phase][1] + first[2] * taps[phase][2] + first[3] * taps[phase][3];
            }
        }

        for (int phase = 0; phase < S; phase++)
        {
            int first = phase < S / 2 ? 0 : 1;
            PixelsOfRow<S> result;
            for (int i = 0; i < S; i++)
            {
                result.v[i] = wide[first][i] * taps[phase][0] + wide[first + 1][i] * taps[phase][1]
                    + wide[first + 2][i] * taps[phase][2] + wide[first + 3][i] * taps[phase][3];
            }

            if (job.residual)
            {
                HalvesOfRow<S> added = *(const HalvesOfRow<S> *)(job.residual + index * job.residualPixel + (c * S + phase) * S);
                for (int i = 0; i < S; i++)
                {
                    result.v[i] += fromBfloat16(i % 2 ? added.pair[i / 2] >> 16 : added.pair[i / 2] & 0xffffu);
                }
            }

            *(PixelsOfRow<S> *)(job.sum + (((long long)c * job.height + y) * S + phase) * S * job.width + S * x) = result;
        }
    }
}

extern "C" __global__ void enlarged_sum_2(const SumJob job)
{
    enlargedSum<2>(job);
}

extern "C" __global__ void enlarged_sum_4(const SumJob job)
{
    enlargedSum<4>(job);
}
