<#ftl output_format="plainText">
${msg("wiseSyncEmailHello", (user.firstName)!"")}

${msg("wiseSyncVerifyIntro", properties.brandName, (user.username)!"")}

${link}

${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncVerifyNotYou")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
