struct Job
{
    int *target;
    long long first;
};

extern "C" __global__ void number(const Job job)
{
    int index = (blockIdx.x * blockDim.y + threadIdx.y) * blockDim.x + threadIdx.x;
    job.target[index] = (int)(job.first + index);
}
