extern "C" __global__ void broken(const Job job)
{
}
