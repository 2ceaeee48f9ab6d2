using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Vsr.Interop.Cuda;
using Vsr.Interop.Nvcuvid;
using Vsr.Tests;

namespace Vsr.Video.Tests.Gpu;

/// <summary>The structs that are handed to NVIDIA's driver have its sizes and places.</summary>
public class CuvidStructTests
{
    private static readonly Dictionary<Type, (string Name, string Odd)> Names = new()
    {
        [typeof(CuvidFormat)] = ("CUVIDEOFORMAT", "Codec codec,ProgressiveSequence progressive_sequence,"
            + "BitDepthLumaMinus8 bit_depth_luma_minus8,BitDepthChromaMinus8 bit_depth_chroma_minus8,"
            + "MinNumDecodeSurfaces min_num_decode_surfaces,CodedWidth coded_width,CodedHeight coded_height,"
            + "DisplayLeft display_area.left,DisplayTop display_area.top,DisplayRight display_area.right,"
            + "DisplayBottom display_area.bottom,Chroma chroma_format"),
        [typeof(CuvidParserParameters)] = ("CUVIDPARSERPARAMS", "Codec CodecType,MaxNumDecodeSurfaces ulMaxNumDecodeSurfaces,"
            + "ClockRate ulClockRate,ErrorThreshold ulErrorThreshold,MaxDisplayDelay ulMaxDisplayDelay,UserData pUserData,"
            + "SequenceCallback pfnSequenceCallback,DecodePicture pfnDecodePicture,DisplayPicture pfnDisplayPicture,"
            + "ExtVideoInfo pExtVideoInfo"),
        [typeof(CuvidPacket)] = ("CUVIDSOURCEDATAPACKET", "Flags flags,PayloadSize payload_size,Payload payload,Timestamp timestamp"),
        [typeof(CuvidDisplayInfo)] = ("CUVIDPARSERDISPINFO", "PictureIndex picture_index,ProgressiveFrame progressive_frame,"
            + "TopFieldFirst top_field_first,RepeatFirstField repeat_first_field,Timestamp timestamp"),
        [typeof(CuvidCapabilities)] = ("CUVIDDECODECAPS", "Codec eCodecType,Chroma eChromaFormat,BitDepthMinus8 nBitDepthMinus8,"
            + "IsSupported bIsSupported,NumNvdecs nNumNVDECs,OutputFormatMask nOutputFormatMask,MaxWidth nMaxWidth,"
            + "MaxHeight nMaxHeight,MaxMBCount nMaxMBCount,MinWidth nMinWidth,MinHeight nMinHeight"),
        [typeof(CuvidCreateInfo)] = ("CUVIDDECODECREATEINFO", "Width ulWidth,Height ulHeight,NumDecodeSurfaces ulNumDecodeSurfaces,"
            + "Codec CodecType,Chroma ChromaFormat,CreationFlags ulCreationFlags,BitDepthMinus8 bitDepthMinus8,MaxWidth ulMaxWidth,"
            + "MaxHeight ulMaxHeight,DisplayArea display_area,OutputFormat OutputFormat,DeinterlaceMode DeinterlaceMode,"
            + "TargetWidth ulTargetWidth,TargetHeight ulTargetHeight,NumOutputSurfaces ulNumOutputSurfaces,VidLock vidLock,"
            + "TargetArea target_rect"),
        [typeof(CuvidReconfigureInfo)] = ("CUVIDRECONFIGUREDECODERINFO", "Width ulWidth,Height ulHeight,TargetWidth ulTargetWidth,"
            + "TargetHeight ulTargetHeight,NumDecodeSurfaces ulNumDecodeSurfaces,DisplayArea display_area,"
            + "TargetArea target_rect"),
        [typeof(CuvidPicture)] = ("CUVIDPICPARAMS", "CurrPicIdx CurrPicIdx,FieldPicFlag field_pic_flag,SecondField second_field,"
            + "BitstreamDataLen nBitstreamDataLen,RefPicFlag ref_pic_flag,IntraPicFlag intra_pic_flag"),
        [typeof(CuvidProcessing)] = ("CUVIDPROCPARAMS", "ProgressiveFrame progressive_frame,OutputStream output_stream"),
        [typeof(CuvidDecodeStatus)] = ("CUVIDGETDECODESTATUS", "DecodeStatus decodeStatus"),
        [typeof(CudaCopy2D)] = ("CUDA_MEMCPY2D", "SourceKind srcMemoryType,SourceHost srcHost,SourceDevice srcDevice,"
            + "SourcePitch srcPitch,TargetKind dstMemoryType,TargetHost dstHost,TargetDevice dstDevice,TargetPitch dstPitch,"
            + "WidthInBytes WidthInBytes,Height Height"),
    };

    [Fact]
    public void Sizes_are_those_that_the_driver_was_seen_to_take()
    {
        Assert.Equal(64, Marshal.SizeOf<CuvidFormat>());
        Assert.Equal(136, Marshal.SizeOf<CuvidParserParameters>());
        Assert.Equal(32, Marshal.SizeOf<CuvidPacket>());
        Assert.Equal(24, Marshal.SizeOf<CuvidDisplayInfo>());
        Assert.Equal(88, Marshal.SizeOf<CuvidCapabilities>());
        Assert.Equal(176, Marshal.SizeOf<CuvidCreateInfo>());
        Assert.Equal(128, Marshal.SizeOf<CuvidReconfigureInfo>());
        Assert.Equal(4280, Marshal.SizeOf<CuvidPicture>());
        Assert.Equal(264, Marshal.SizeOf<CuvidProcessing>());
        Assert.Equal(192, Marshal.SizeOf<CuvidDecodeStatus>());
        Assert.Equal(8, Marshal.SizeOf<CuvidRectangle>());
        Assert.Equal(128, Marshal.SizeOf<CudaCopy2D>());
        Assert.All(Names.Keys, type => Assert.True(type.IsExplicitLayout));
    }

    [Fact]
    public void Places_agree_with_the_headers()
    {
        List<(string Expression, int Ours)> asked = [];
        foreach ((Type type, (string name, string fields)) in Names)
        {
            asked.Add(($"sizeof({name})", Marshal.SizeOf(type)));
            Dictionary<string, string> places = fields.Split(',').Select(pair => pair.Split(' ')).ToDictionary(p => p[0], p => p[1]);
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public))
            {
                asked.Add(($"offsetof({name}, {places[field.Name]})", (int)Marshal.OffsetOf(type, field.Name)));
            }
        }

        int[] theirs = Compile([.. asked.Select(one => one.Expression)]);
        Assert.Equal(asked.Select((one, i) => $"{one.Expression} {theirs[i]}"), asked.Select(one => $"{one.Expression} {one.Ours}"));
        Assert.True(asked.Count > 70, $"only {asked.Count} places compared");
    }

    [Fact]
    public void The_padding_of_an_odd_picture_is_not_scaled_into_it()
    {
        CuvidFormat format = new() { CodedWidth = 321, CodedHeight = 248, DisplayRight = 321, DisplayBottom = 241 };
        SurfaceShape shape = SurfaceShape.Of(format, default, format.DisplayRight - format.DisplayLeft, format.DisplayBottom - format.DisplayTop);
        Assert.Equal(new SurfaceShape(324, 248, 0, 0, 321, 241), shape);
        Assert.Equal((324, 242), (shape.OutputWidth, shape.OutputHeight));
        CuvidRectangle area = shape.Area;
        Assert.Equal((0, 0, 324, 242), (area.Left, area.Top, area.Right, area.Bottom));
    }

    [Fact]
    public void A_picture_comes_to_its_surface_with_the_columns_and_rows_before_it_in_its_own_size()
    {
        CuvidFormat format = new()
        { CodedWidth = 864, CodedHeight = 496, DisplayLeft = 6, DisplayTop = 8, DisplayRight = 860, DisplayBottom = 488 };
        SurfaceShape shape = SurfaceShape.Of(format, default, format.DisplayRight - format.DisplayLeft, format.DisplayBottom - format.DisplayTop);
        CuvidRectangle area = shape.Area;
        Assert.Equal((0, 0, 860, 488), (area.Left, area.Top, area.Right, area.Bottom));
        Assert.Equal((6, 8, 854, 480), (shape.Left, shape.Top, shape.Width, shape.Height));
    }

    [Fact]
    public void What_the_parser_leaves_out_of_the_crop_comes_from_the_header()
    {
        CuvidFormat format = new()
        { CodedWidth = 192, CodedHeight = 160, DisplayRight = 188, DisplayBottom = 156 };
        SurfaceShape shape = SurfaceShape.Of(format, new HeaderCrop(6, 4), 182, 152);
        CuvidRectangle area = shape.Area;
        Assert.Equal(new SurfaceShape(192, 160, 6, 4, 182, 152), shape);
        Assert.Equal((0, 0, 188, 156), (area.Left, area.Top, area.Right, area.Bottom));
        Assert.Equal(new SurfaceShape(192, 160, 0, 0, 188, 156), SurfaceShape.Of(format, new HeaderCrop(6, 4), 188, 156));
    }

    private static int[] Compile(string[] expressions)
    {
        using TemporaryFolder folder = new();
        string source = folder.File("places.c");
        string program = folder.File("places");
        StringBuilder text = new();
        text.AppendLine("#include <stddef.h>").AppendLine("#include <stdio.h>").AppendLine("#include <ffnvcodec/dynlink_loader.h>");
        text.AppendLine("int main(void) {");
        foreach (string expression in expressions)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"printf(\"%zu\\n\", {expression});");
        }

        text.AppendLine("return 0; }");
        File.WriteAllText(source, text.ToString());
        (int exitCode, _, string error) = OracleProgram.TryRun("cc", "-w", "-o", program, source, "-ldl");
        if (exitCode != 0 && error.Contains("fatal error", StringComparison.Ordinal))
        {
            Assert.Skip("needs NVIDIA's codec headers (apt-get install libffmpeg-nvenc-dev)");
        }

        Assert.True(exitCode == 0, error);
        return [.. OracleProgram.Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }
}
