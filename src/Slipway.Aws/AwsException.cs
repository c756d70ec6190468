using System.Net;
using Amazon.Runtime;

namespace Slipway.Aws;

/// <summary>AWS refused, or could not be asked. One type for what the SDK throws and what our own requests find.</summary>
/// <param name="code">AWS' own word, for example <c>AccessDenied</c>.</param>
public sealed class AwsException(string code, string message, HttpStatusCode? status = null, Exception? inner = null) : Exception(message, inner)
{
    private static readonly string[] Denials =
    [
        "AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException", "NotAuthorized", "UnauthorizedOperation", "KMSAccessDenied",
        "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSignatureException", "ExpiredToken", "ExpiredTokenException",
    ];

    private static readonly string[] Absences =
        ["NotFound", "NotFoundException", "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "NoSuchKey", "NoSuchBucket", "NoSuchUpload"];

    public string Code => code;

    public HttpStatusCode? Status => status;

    /// <summary>A permission is missing, or the credentials are not valid.</summary>
    public bool IsDenied => !IsClock && (status == HttpStatusCode.Forbidden || Denials.Contains(code));

    /// <summary>The topic, queue, subscription, bucket or object is not there.</summary>
    public bool IsMissing => Absences.Contains(code) || code.EndsWith("NonExistentQueue", StringComparison.Ordinal);

    /// <summary>The request was signed with a clock that is too far from theirs.</summary>
    public bool IsClock => code is "RequestTimeTooSkewed" or "RequestExpired" || Message.Contains("Signature expired", StringComparison.Ordinal) || Message.Contains("Signature not yet current", StringComparison.Ordinal);

    /// <summary>The same in our words. Null: it is something else.</summary>
    public static AwsException? Of(Exception exception) => exception switch
    {
        AwsException fault => fault,
        AmazonServiceException service => new(service.ErrorCode ?? "", service.Message, service.StatusCode == 0 ? null : service.StatusCode, service),
        AmazonClientException client => new("Unreachable", client.Message, inner: client),
        HttpRequestException http => new("Unreachable", http.InnerException?.Message ?? http.Message, http.StatusCode, http),
        TimeoutException timeout => new("Unreachable", "There was no answer in time.", inner: timeout),
        IOException io => new("Unreachable", io.Message, inner: io),
        _ => null,
    };
}
