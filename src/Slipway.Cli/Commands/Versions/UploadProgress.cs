using Slipway.Cli.Output;
using Slipway.Cli.Packing;
using Slipway.Cli.Running;
using Spectre.Console;

namespace Slipway.Cli.Commands.Versions;

/// <summary>Sends a parcel and shows how far it is, where somebody sees it.</summary>
internal static class UploadProgress
{
    /// <summary>Below this the upload is over before a bar could be read.</summary>
    private const long WorthABar = 4_000_000;

    public static async Task SendAsync(Invocation call, Parcel parcel, CancellationToken cancellation)
    {
        var begin = call.Time.GetTimestamp();
        var bytes = new Bytes();
        if (call.Live && parcel.Size > WorthABar)
            await SendWithBarAsync(call, parcel, bytes, cancellation);
        else
            await call.Client.Uploads.SendAsync(parcel.Path, parcel.Digest, bytes, cancellation);

        if (call.Json)
            return;

        var sent = parcel.Size - bytes.First;
        call.Line(sent == 0
            ? $"The server has this content already: {Words.Size(parcel.Size)} need no upload"
            : $"Uploaded {Words.Size(sent)} in {Words.Took(call.Time.GetElapsedTime(begin))}{(bytes.First > 0 ? $", after {Words.Size(bytes.First)} that had arrived before" : "")}");
    }

    private static Task SendWithBarAsync(Invocation call, Parcel parcel, Bytes bytes, CancellationToken cancellation) =>
        new Progress(Consoles.For(call), call.Time)
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask("Upload", maxValue: parcel.Size);
                bytes.Changed = now => task.Value = now;
                await call.Client.Uploads.SendAsync(parcel.Path, parcel.Digest, bytes, cancellation);
            });

    /// <summary>Not <see cref="System.Progress{T}"/>: that one reports late and out of order.</summary>
    private sealed class Bytes : IProgress<long>
    {
        private bool begun;

        /// <summary>What the server had at the start.</summary>
        public long First { get; private set; }

        public Action<long>? Changed { get; set; }

        public void Report(long value)
        {
            if (!begun)
                (begun, First) = (true, value);
            Changed?.Invoke(value);
        }
    }
}
