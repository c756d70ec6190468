using Slipway.Server.Access;
using Slipway.Server.Api;

namespace Slipway.Server.Versions.S3;

/// <summary>
/// Sees from the start on whether the bucket can be used, and says once what is wrong and once that it is right again. Nothing waits for it: what does not
/// need the bucket works without.
/// </summary>
internal sealed partial class S3Watch(S3Bucket bucket, S3Owner owner, Installation installation, TimeProvider clock, ILogger<S3Watch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>While all is well only every so many intervals, because every look costs something.</summary>
    private const int Patience = 15;
    private string? trouble;

    /// <summary>What is wrong. Null: nothing, or it has not been tried yet.</summary>
    public string? Trouble => Volatile.Read(ref trouble);

    public async Task LookAsync(CancellationToken cancellation)
    {
        var found = await FindTroubleAsync(cancellation);
        if (found == trouble)
            return;

        Volatile.Write(ref trouble, found);
        if (found is null)
            LogUsable(bucket.Name);
        else
            LogUnusable(found);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, clock);
        for (var passed = 0; ; passed++)
        {
            try
            {
                if (trouble is not null || passed % Patience == 0)
                    await LookAsync(stoppingToken);
            }
#pragma warning disable CA1031 // A loop catches at its edge, says so and goes on.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(exception);
            }

            await timer.WaitForNextTickAsync(stoppingToken);
        }
    }

    private async Task<string?> FindTroubleAsync(CancellationToken cancellation)
    {
        try
        {
            if (await owner.FindAsync(cancellation) is { } other && other != installation.ServerId)
            {
                return $"{bucket.Prefix} in the bucket {bucket.Name} belongs to another Slipway server ({other}). Give this one a Slipway:Aws:BucketPrefix of its own; "
                    + $"or, if that server is gone, delete {bucket.ProbeKey}. Until then nothing there is swept.";
            }

            await owner.WriteAsync(cancellation);
            await bucket.AskAsync(
                S3Permission.List, (s3, limit) => s3.ListObjectsV2Async(new() { BucketName = bucket.Name, Prefix = bucket.Prefix, MaxKeys = 1 }, limit), cancellation);
            await bucket.AskAsync(S3Permission.Delete, (s3, limit) => s3.DeleteObjectAsync(bucket.Name, bucket.ProbeKey + "-gone", limit), cancellation);
            return null;
        }
        catch (RefusedException e)
        {
            return e.Message;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Artifacts cannot be stored. {Trouble}")]
    private partial void LogUnusable(string trouble);

    [LoggerMessage(Level = LogLevel.Information, Message = "The bucket {Bucket} can be used again")]
    private partial void LogUsable(string bucket);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking whether the bucket can be used failed; it is tried again in a minute")]
    private partial void LogFailed(Exception exception);
}
